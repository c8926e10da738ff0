package dev.agw.schema;

/// One thing that is wrong with what was written, and what to do about it.
///
/// @param at where
/// @param path which field; empty where it is about the whole file
/// @param message what was expected and what was found
/// @param hint what to do; may be empty
public record Problem(Severity severity, Position at, String path, String message, String hint) {
    /// Whether what was read may be used.
    public enum Severity {
        /// No: nothing of it goes into effect.
        ERROR,
        /// Yes, but probably not as meant.
        WARNING
    }

    public static Problem error(Position at, FieldPath path, String message, String hint) {
        return new Problem(Severity.ERROR, at, path.toString(), message, hint);
    }

    public static Problem warning(Position at, FieldPath path, String message, String hint) {
        return new Problem(Severity.WARNING, at, path.toString(), message, hint);
    }

    /// True if it keeps what was read from going into effect.
    public boolean error() {
        return severity == Severity.ERROR;
    }

    /// Path of the file.
    public String file() {
        return at.source();
    }

    /// Line in the file, from 1; 0 where there are no lines.
    public int line() {
        return at.line();
    }

    /// The same problem so many lines further down.
    public Problem movedBy(int lines) {
        return new Problem(severity, at.movedBy(lines), path, message, hint);
    }

    /// One line: `routes.yaml:14: spec.rules[0].matchs: unknown field; did you mean "matches"?`
    @Override
    public String toString() {
        return at + ": " + (error() ? "" : "warning: ") + (path.isEmpty() ? "" : path + ": ") + message
                + (hint.isEmpty() ? "" : "; " + hint);
    }
}
