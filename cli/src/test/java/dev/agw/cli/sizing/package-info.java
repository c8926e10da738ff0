@NullMarked
package dev.agw.cli.sizing;

import org.jspecify.annotations.NullMarked;
