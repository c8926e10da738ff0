package dev.agw.cli.load;

/// What was answered within the interval that was measured.
///
/// @param seconds of the interval: from the first arrival to when the next one after the last would have come
/// @param answers complete answers per second
/// @param tokens of complete answers per second
public record Rates(double seconds, double answers, double tokens) {}
