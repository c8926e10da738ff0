package dev.agw.cli.lint;

import dev.agw.cli.promql.Operator;
import dev.agw.cli.promql.Query;
import dev.agw.cli.promql.Selector;
import dev.agw.cli.promql.Variables;
import dev.agw.cli.render.ExpressionCheck;
import dev.agw.telemetry.Metric;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells which labels the result of an expression has, by the rules of Prometheus's engine.
///
/// https://prometheus.io/docs/prometheus/latest/querying/operators/#vector-matching
///
/// @param recorded recorded expressions by name
record Shapes(ExpressionCheck check, Map<String, Query> recorded) {
    private static final Set<String> SCRAPED = Set.of("job", "instance");
    private static final Set<String> NUMBERS = Set.of("time", "scalar", "pi");
    private static final Set<String> ABSENCE = Set.of("absent", "absent_over_time");
    private static final Set<String> CHOOSING = Set.of("topk", "bottomk", "limitk", "limit_ratio");
    private static final String LE = "le";
    /// What tells of its target has one series for each: its other labels go with the instance.
    private static final String INFO = "_info";

    private static final Set<String> EACH = Set.of("instance");

    Shape of(Query query) {
        return switch (query) {
            case Query.Scalar scalar -> Shape.BARE;
            case Query.Text text -> Shape.BARE;
            case Query.Series(Selector selector) -> series(selector);
            case Query.Window window -> of(window.of());
            case Query.Call call -> call(call);
            case Query.Aggregation aggregation -> aggregation(aggregation);
            case Query.Binary binary -> binary(binary);
        };
    }

    /// Whether it is a number, and no series.
    static boolean number(Query query) {
        return switch (query) {
            case Query.Scalar scalar -> true;
            case Query.Call call -> NUMBERS.contains(call.function());
            case Query.Binary binary -> number(binary.left()) && number(binary.right());
            case Query other -> false;
        };
    }

    private Shape series(Selector selector) {
        Query query = recorded.get(selector.name());
        if (query != null) {
            return new Shapes(check, without(selector.name())).of(query);
        }
        Optional<Metric> metric = check.catalogue().find(selector.name());
        if (metric.isEmpty()) {
            return Shape.UNKNOWN;
        }
        Set<String> surely = new HashSet<>(metric.get().labels());
        surely.addAll(SCRAPED);
        Set<String> possibly = check.labels(selector.name(), metric.get());
        Set<String> fixed = equal(selector);
        surely.addAll(fixed.stream().filter(possibly::contains).toList());
        absent(selector).forEach(surely::remove);
        Set<String> varying = selector.name().endsWith(INFO) ? new HashSet<>(EACH) : new HashSet<>(surely);
        varying.removeAll(fixed);
        varying.retainAll(surely);
        return new Shape(surely, varying, Optional.of(possibly));
    }

    /// What a recorded expression may ask for: were it itself, that would never end.
    private Map<String, Query> without(String name) {
        Map<String, Query> others = new HashMap<>(recorded);
        others.remove(name);
        return others;
    }

    private static Set<String> equal(Selector selector) {
        return selector.matchers().stream()
                .filter(matcher ->
                        matcher.operator().equals("=") && !matcher.value().isEmpty())
                .map(Selector.Matcher::label)
                .collect(Collectors.toSet());
    }

    private static List<String> absent(Selector selector) {
        return selector.matchers().stream()
                .filter(matcher ->
                        matcher.operator().equals("=") && matcher.value().isEmpty())
                .map(Selector.Matcher::label)
                .toList();
    }

    private Shape call(Query.Call call) {
        if (ABSENCE.contains(call.function())) {
            Set<String> labels = new HashSet<>();
            call.visit(part -> {
                if (part instanceof Query.Series(Selector selector)) {
                    labels.addAll(equal(selector));
                }
            });
            return new Shape(labels, Set.of(), Optional.of(labels));
        }
        List<Query> vectors = call.arguments().stream()
                .filter(argument -> !number(argument) && !(argument instanceof Query.Text))
                .toList();
        if (vectors.isEmpty() || call.function().equals("vector") || NUMBERS.contains(call.function())) {
            return Shape.BARE;
        }
        Shape shape = of(vectors.getFirst());
        return switch (call.function()) {
            case "histogram_quantile", "histogram_fraction" -> shape.only(label -> !label.equals(LE));
            case "label_replace", "label_join" -> shape.with(target(call));
            default -> shape;
        };
    }

    private static Set<String> target(Query.Call call) {
        return call.arguments().size() > 1 && call.arguments().get(1) instanceof Query.Text(String label)
                ? Set.of(label)
                : Set.of();
    }

    private Shape aggregation(Query.Aggregation aggregation) {
        Shape inside = of(aggregation.of());
        Set<String> labels = Set.copyOf(new HashSet<>(aggregation.grouping().labels()));
        if (labels.stream().anyMatch(Variables::in)) {
            return Shape.UNKNOWN;
        }
        if (CHOOSING.contains(aggregation.operator())) {
            return inside;
        }
        Shape grouped = aggregation.grouping().by() ? inside.by(labels) : inside.only(label -> !labels.contains(label));
        return aggregation.arguments().getFirst() instanceof Query.Text(String label)
                ? grouped.with(Set.of(label))
                : grouped;
    }

    private Shape binary(Query.Binary binary) {
        if (number(binary.left()) || number(binary.right())) {
            return of(number(binary.left()) ? binary.right() : binary.left());
        }
        Shape left = of(binary.left());
        Shape right = of(binary.right());
        if (Operator.ofSets(binary.operator())) {
            return binary.operator().equals("or") ? left.or(right) : left;
        }
        Set<String> included = Set.copyOf(new HashSet<>(binary.matching().included()));
        return switch (binary.matching().group()) {
            case LEFT -> left.with(included);
            case RIGHT -> right.with(included);
            case NONE -> left.only(label -> matched(binary.matching(), label));
        };
    }

    /// Whether the two sides must agree on that label.
    static boolean matched(Query.Matching matching, String label) {
        return matching.on() == matching.labels().contains(label);
    }
}
