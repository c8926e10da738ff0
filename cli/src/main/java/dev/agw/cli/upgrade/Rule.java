package dev.agw.cli.upgrade;

import dev.agw.cli.promql.Expression;
import dev.agw.cli.promql.Variables;
import dev.agw.schema.InvalidValueException;

/// An expression that somebody relies on.
///
/// @param name `rules.yaml: alert AgwHighErrorRatio`
/// @param panel whether it is part of a dashboard: people see that a panel is empty, nobody sees a silent alert
record Rule(String name, Expression expression, boolean panel) {
    /// @throws InvalidValueException if `text` is no PromQL
    static Rule of(String name, String text, boolean panel) {
        try {
            return new Rule(name, Expression.of(panel ? Variables.filled(text) : text), panel);
        } catch (InvalidValueException e) {
            throw new InvalidValueException(name + ": no PromQL: " + e.message());
        }
    }
}
