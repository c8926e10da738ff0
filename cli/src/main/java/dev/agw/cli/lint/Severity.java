package dev.agw.cli.lint;

/// How bad a finding is.
public enum Severity {
    /// It does not do what it is there for.
    error,
    /// It does so in some cases alone, or surprises people.
    warn
}
