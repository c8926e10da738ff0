/// Commands as their users run them.
@NullMarked
package dev.agw.cli.operations;

import org.jspecify.annotations.NullMarked;
