/// Checks by their fixtures.
@NullMarked
package dev.agw.cli.upgrade;

import org.jspecify.annotations.NullMarked;
