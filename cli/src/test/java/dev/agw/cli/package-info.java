/// Commands as their users run them.
@NullMarked
package dev.agw.cli;

import org.jspecify.annotations.NullMarked;
