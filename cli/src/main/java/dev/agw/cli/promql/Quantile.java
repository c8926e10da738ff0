package dev.agw.cli.promql;

/// A quantile of a histogram that is compared with a number.
///
/// @param series the buckets it is reckoned of
/// @param operator `>`, `>=`, `<`, `<=`, `==` or `!=`
/// @param threshold what it is compared with
public record Quantile(String series, String operator, double threshold) {}
