package dev.agw.schema;

/// A part of a file that is read by itself: of YAML one document, of JSON the whole file.
///
/// @param from where it begins, in bytes
/// @param to behind its last byte
/// @param line the line that it begins in, from 1
/// @param lines how many it has
public record Part(int from, int to, int line, int lines) {
    /// The same part, further down.
    public Part movedBy(int bytes, int moreLines) {
        return bytes == 0 && moreLines == 0 ? this : new Part(from + bytes, to + bytes, line + moreLines, lines);
    }
}
