@NullMarked
package dev.agw.cli.load;

import org.jspecify.annotations.NullMarked;
