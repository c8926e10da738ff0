package dev.agw.cli.sizing;

/// Something that asks for a change.
///
/// @param id stable: `ADV101`
/// @param where a resource, or `metrics`
/// @param why what was found, and what comes of it
/// @param remedy what to do
public record Finding(String id, Severity severity, String where, String why, String remedy) {
    /// How pressing it is.
    public enum Severity {
        /// It hurts now.
        error,
        /// It will hurt.
        warn,
        /// It may be worth a thought.
        info
    }
}
