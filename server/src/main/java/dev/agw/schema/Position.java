package dev.agw.schema;

/// Where something was written: a file (or what stands for one) and a place in it.
///
/// @param source path of the file, or for example `environment variable AGW_LOG_LEVEL`
/// @param line from 1; 0 where the source has no lines
/// @param column from 1; 0 where the source has no lines
public record Position(String source, int line, int column) {
    /// A source without lines.
    public static Position of(String source) {
        return new Position(source, 0, 0);
    }

    /// The place so many lines further down; the same where the source has no lines.
    public Position movedBy(int lines) {
        return line == 0 ? this : new Position(source, line + lines, column);
    }

    /// `routes.yaml:14`, or the source alone where it has no lines.
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
