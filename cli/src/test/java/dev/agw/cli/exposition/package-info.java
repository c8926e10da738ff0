/// Pages of metrics.
@NullMarked
package dev.agw.cli.exposition;

import org.jspecify.annotations.NullMarked;
