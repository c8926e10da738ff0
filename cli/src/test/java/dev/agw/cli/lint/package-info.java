/// Lints of what people already have.
@NullMarked
package dev.agw.cli.lint;

import org.jspecify.annotations.NullMarked;
