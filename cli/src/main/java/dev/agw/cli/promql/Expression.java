package dev.agw.cli.promql;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an expression in PromQL speaks of.
///
/// @param selectors the metrics it asks for, in their order
/// @param labels those it groups or matches by: behind `by`, `without`, `on`, `ignoring`, `group_left`, `group_right`
/// @param quantiles those it compares with a number
public record Expression(List<Selector> selectors, List<String> labels, List<Quantile> quantiles) {
    public Expression {
        selectors = List.copyOf(selectors);
        labels = List.copyOf(labels);
        quantiles = List.copyOf(quantiles);
    }

    /// What `text` speaks of.
    ///
    /// @throws dev.agw.schema.InvalidValueException if it is no PromQL
    public static Expression of(String text) {
        return new ExpressionReader(Tokens.of(text)).read();
    }

    /// The names of the metrics, each once.
    public List<String> names() {
        return selectors.stream().map(Selector::name).distinct().collect(Collectors.toList());
    }

    /// The labels of matchers and groupings, each once.
    public List<String> allLabels() {
        return Stream.concat(
                        labels.stream(),
                        selectors.stream().flatMap(s -> s.matchers().stream()).map(Selector.Matcher::label))
                .distinct()
                .toList();
    }
}
