/// Reads pages of metrics in the text format of Prometheus (0.0.4) and of OpenMetrics.
@NullMarked
package dev.agw.cli.exposition;

import org.jspecify.annotations.NullMarked;
