package dev.agw.cli.lint;

import dev.agw.cli.promql.Comparison;
import dev.agw.cli.promql.Constants;
import dev.agw.cli.promql.Operator;
import dev.agw.cli.promql.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What makes an alert fire: one or more parts that all have to be true.
record Condition(Query query, List<Query> parts) {
    private static final Set<String> RATES = Set.of("rate", "irate", "increase");
    private static final Set<String> STEADY = Set.of("increase", "changes", "time", "absent", "absent_over_time");

    static Condition of(Query query) {
        List<Query> parts = new ArrayList<>();
        collect(query, parts);
        return new Condition(query, List.copyOf(parts));
    }

    private static void collect(Query query, List<Query> parts) {
        if (query instanceof Query.Binary binary && binary.operator().equals("and")) {
            collect(binary.left(), parts);
            collect(binary.right(), parts);
        } else if (query instanceof Query.Binary binary && binary.operator().equals("unless")) {
            collect(binary.left(), parts);
        } else {
            parts.addAll(counted(query).map(Condition::of).map(Condition::parts).orElse(List.of(query)));
        }
    }

    /// What is true for each of those that are counted: `count(x > 1) > 0`.
    private static Optional<Query> counted(Query query) {
        return Comparison.of(query)
                .map(Comparison::of)
                .filter(of -> of instanceof Query.Aggregation && filters(of))
                .map(of -> ((Query.Aggregation) of).of());
    }

    /// The parts that compare something with a number.
    List<Comparison> comparisons() {
        return parts.stream().flatMap(part -> Comparison.of(part).stream()).toList();
    }

    /// Whether it leaves anything out.
    boolean filters() {
        return filters(query);
    }

    private static boolean filters(Query query) {
        return switch (query) {
            case Query.Scalar scalar -> false;
            case Query.Text text -> false;
            case Query.Series series -> false;
            case Query.Window window -> filters(window.of());
            case Query.Call call when call.function().startsWith("absent") -> true;
            case Query.Call call -> call.arguments().stream().anyMatch(Condition::filters);
            case Query.Aggregation aggregation -> filters(aggregation.of());
            case Query.Binary binary -> filters(binary);
        };
    }

    private static boolean filters(Query.Binary binary) {
        return switch (binary.operator()) {
            case "unless" -> true;
            case "or" -> filters(binary.left()) && filters(binary.right());
            case String operator when Operator.compares(operator) -> !binary.bool();
            case String other -> filters(binary.left()) || filters(binary.right());
        };
    }

    /// Whether it counts over a window, or looks at a moment that goes by, so that one sample does not change it.
    boolean steady() {
        return has(
                query,
                part -> part instanceof Query.Call call
                        && (STEADY.contains(call.function()) || call.function().endsWith("_over_time")));
    }

    /// Whether part of it is a share of two rates.
    static boolean share(Query query) {
        return has(
                query,
                part -> part instanceof Query.Binary binary
                        && binary.operator().equals("/")
                        && rated(binary.left())
                        && rated(binary.right()));
    }

    /// Whether there is a rate in it.
    static boolean rated(Query query) {
        return has(query, part -> part instanceof Query.Call call && RATES.contains(call.function()));
    }

    /// Whether a function is in it.
    static boolean calls(Query query, String function) {
        return has(
                query,
                part -> part instanceof Query.Call call && call.function().equals(function));
    }

    /// The longest window that rates look at, in seconds.
    static Optional<Double> window(Query query) {
        List<Double> windows = new ArrayList<>();
        query.visit(part -> {
            if (part instanceof Query.Window window) {
                Constants.seconds(window.range()).ifPresent(windows::add);
            }
        });
        return windows.stream().max(Double::compare);
    }

    static boolean has(Query query, Predicate<Query> wanted) {
        return wanted.test(query) || query.parts().stream().anyMatch(part -> has(part, wanted));
    }
}
