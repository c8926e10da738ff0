package dev.agw.cli.render;

/// Something that keeps an expression from saying what it is meant to.
///
/// @param series it is about; empty if it is about all
/// @param label it is about; empty if none
/// @param message what is wrong, and what might have been meant
public record Fault(Kind kind, String series, String label, String message) {
    /// What is wrong.
    public enum Kind {
        /// Nobody has such a metric.
        METRIC,
        /// The metric has no such label.
        LABEL,
        /// The histogram has no such bound.
        BOUND,
        /// A quantile is never that large.
        BEYOND,
        /// A quantile is guessed there, as no bound is near.
        BETWEEN,
        /// A quantile of a share that is not between 0 and 1.
        SHARE,
        /// A quantile of buckets whose bounds an aggregation took away.
        BOUNDLESS
    }
}
