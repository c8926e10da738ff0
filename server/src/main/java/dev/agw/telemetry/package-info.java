/// Metrics, access log and traces: the catalogue of every metric, the registry, and typed recording. Imports
/// exchange and http.
@NullMarked
package dev.agw.telemetry;

import org.jspecify.annotations.NullMarked;
