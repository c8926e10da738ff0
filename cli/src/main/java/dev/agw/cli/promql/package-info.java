/// PromQL: expressions as trees, and which metrics, labels and thresholds they speak of.
@NullMarked
package dev.agw.cli.promql;

import org.jspecify.annotations.NullMarked;
