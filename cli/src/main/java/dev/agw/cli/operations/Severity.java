package dev.agw.cli.operations;

/// Who is told of an alert, and when.
public enum Severity {
    /// A person, now.
    critical,
    /// A person, in working hours.
    warning,
    /// Nobody: it stands beside others that do tell.
    info
}
