/// Commands as their users run them.
@NullMarked
package dev.agw.cli.render;

import org.jspecify.annotations.NullMarked;
