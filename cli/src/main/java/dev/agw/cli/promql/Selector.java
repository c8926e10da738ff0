package dev.agw.cli.promql;

import java.util.List;

/// A metric that an expression asks for.
///
/// @param name of its series; empty if only matchers tell
public record Selector(String name, List<Matcher> matchers) {
    public Selector {
        matchers = List.copyOf(matchers);
    }

    /// What a label must be.
    ///
    /// @param operator `=`, `!=`, `=~` or `!~`
    public record Matcher(String label, String operator, String value) {}
}
