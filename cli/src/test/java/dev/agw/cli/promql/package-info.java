/// Commands as their users run them.
@NullMarked
package dev.agw.cli.promql;

import org.jspecify.annotations.NullMarked;
