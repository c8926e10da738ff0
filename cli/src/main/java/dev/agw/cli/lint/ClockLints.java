package dev.agw.cli.lint;

import dev.agw.cli.operations.Numbers;
import dev.agw.cli.promql.Comparison;
import dev.agw.cli.promql.Query;
import java.util.Map;

/// Comparisons of the time of day and the like, which have a least and a largest value.
record ClockLints(Findings findings) {
    /// The values that a function can have.
    private record Span(double least, double most) {}

    private static final Map<String, Span> CLOCK = Map.of(
            "minute", new Span(0, 59),
            "hour", new Span(0, 23),
            "day_of_week", new Span(0, 6),
            "day_of_month", new Span(1, 31),
            "day_of_year", new Span(1, 366),
            "days_in_month", new Span(28, 31),
            "month", new Span(1, 12));

    void look(Subject subject) {
        subject.query()
                .visit(part -> Comparison.of(part).ifPresent(comparison -> {
                    if (comparison.of() instanceof Query.Call call && CLOCK.containsKey(call.function())) {
                        compare(subject, call.function(), comparison);
                    }
                }));
    }

    private void compare(Subject subject, String function, Comparison comparison) {
        Span span = CLOCK.getOrDefault(function, new Span(0, 0));
        boolean least = holds(span.least(), comparison);
        boolean most = holds(span.most(), comparison);
        boolean within = comparison.with() > span.least() && comparison.with() < span.most();
        if (least == most && !within && !edge(comparison, span)) {
            findings.add(
                    Lint.COMPARISON_CONSTANT,
                    subject.place(),
                    function + "() " + comparison.operator() + " " + Numbers.plain(comparison.with()) + " is "
                            + (least ? "always" : "never") + " true");
        }
    }

    /// At its ends, equality is true at times.
    private static boolean edge(Comparison comparison, Span span) {
        boolean equality =
                comparison.operator().equals("==") || comparison.operator().equals("!=");
        return equality && (comparison.with() == span.least() || comparison.with() == span.most());
    }

    private static boolean holds(double value, Comparison comparison) {
        return switch (comparison.operator()) {
            case ">" -> value > comparison.with();
            case ">=" -> value >= comparison.with();
            case "<" -> value < comparison.with();
            case "<=" -> value <= comparison.with();
            case "==" -> value == comparison.with();
            default -> value != comparison.with();
        };
    }
}
