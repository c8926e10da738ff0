package dev.agw.route;

/// What a look-up found.
///
/// @param rule what the table holds for the matched rule
/// @param prefixSegments how many leading segments of the path were matched by a prefix; 0 for other matches
public record Match<R>(R rule, int prefixSegments) {}
