package dev.agw.cli.upgrade;

import dev.agw.cli.promql.Expression;
import dev.agw.cli.promql.Quantile;
import dev.agw.cli.promql.Selector;
import dev.agw.cli.promql.Variables;
import dev.agw.schema.InvalidValueException;
import java.util.List;

/// An expression that somebody relies on.
///
/// @param name `rules.yaml: alert AgwHighErrorRatio`
/// @param panel whether it is part of a dashboard: people see that a panel is empty, nobody sees a silent alert
record Rule(String name, Expression expression, boolean panel) {
    private static final String OURS = "agentgateway_";

    /// @throws InvalidValueException if `text` is no PromQL
    static Rule of(String name, String text, boolean panel) {
        try {
            return new Rule(name, Expression.of(panel ? Variables.filled(text) : text), panel);
        } catch (InvalidValueException e) {
            throw new InvalidValueException(name + ": no PromQL: " + e.message());
        }
    }

    /// The metrics of the gateway that it asks for.
    List<Selector> selectors() {
        return expression.selectors().stream()
                .filter(selector -> selector.name().startsWith(OURS)
                        && !selector.name().contains(":")
                        && !Variables.in(selector.name()))
                .toList();
    }

    /// The quantiles that must exceed a number.
    List<Quantile> limits() {
        return expression.quantiles().stream()
                .filter(quantile -> quantile.operator().startsWith(">"))
                .toList();
    }
}
