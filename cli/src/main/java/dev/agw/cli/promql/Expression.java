package dev.agw.cli.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an expression in PromQL speaks of.
///
/// @param query the expression, taken apart
/// @param selectors the metrics it asks for, in their order
/// @param labels those it groups or matches by: behind `by`, `without`, `on`, `ignoring`, `group_left`, `group_right`
/// @param quantiles those it compares with a number
public record Expression(Query query, List<Selector> selectors, List<String> labels, List<Quantile> quantiles) {
    private static final String QUANTILE = "histogram_quantile";

    public Expression {
        selectors = List.copyOf(selectors);
        labels = List.copyOf(labels);
        quantiles = List.copyOf(quantiles);
    }

    /// What `text` speaks of.
    ///
    /// @throws dev.agw.schema.InvalidValueException if it is no PromQL
    public static Expression of(String text) {
        Query query = new ExpressionReader(Tokens.of(text)).read();
        List<String> labels = new ArrayList<>();
        labels(query, labels);
        return new Expression(query, selectors(query), labels, quantiles(query));
    }

    /// The metrics that a part of an expression asks for.
    public static List<Selector> selectors(Query query) {
        List<Selector> selectors = new ArrayList<>();
        query.visit(part -> {
            if (part instanceof Query.Series(Selector selector)) {
                selectors.add(selector);
            }
        });
        return selectors;
    }

    private static void labels(Query query, List<String> labels) {
        if (query instanceof Query.Binary binary) {
            labels(binary.left(), labels);
            labels.addAll(binary.matching().labels());
            labels.addAll(binary.matching().included());
            labels(binary.right(), labels);
            return;
        }
        if (query instanceof Query.Aggregation aggregation) {
            labels.addAll(aggregation.grouping().labels());
        }
        query.parts().forEach(part -> labels(part, labels));
    }

    private static List<Quantile> quantiles(Query query) {
        List<Quantile> quantiles = new ArrayList<>();
        query.visit(part -> Comparison.of(part)
                .filter(comparison -> comparison.of() instanceof Query.Call call
                        && call.function().equals(QUANTILE))
                .ifPresent(comparison -> selectors(comparison.of()).stream()
                        .findFirst()
                        .ifPresent(of ->
                                quantiles.add(new Quantile(of.name(), comparison.operator(), comparison.with())))));
        return quantiles;
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
