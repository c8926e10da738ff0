package dev.agw.schema;

import java.util.List;

/// What became of the parts of a file when its text changed: the first ones stay where they are, those in the
/// middle are others, and the last ones have moved.
///
/// @param kept how many stay at the beginning
/// @param middle what stands in between now
/// @param tail how many follow that were there before
/// @param bytes how far these have moved
/// @param lines how far these have moved
public record Edit(int kept, List<Part> middle, int tail, int bytes, int lines) {}
