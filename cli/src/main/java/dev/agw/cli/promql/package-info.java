/// PromQL, as far as it takes to tell which metrics, labels and thresholds an expression speaks of.
@NullMarked
package dev.agw.cli.promql;

import org.jspecify.annotations.NullMarked;
