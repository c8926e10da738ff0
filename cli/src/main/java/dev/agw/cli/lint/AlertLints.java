package dev.agw.cli.lint;

import dev.agw.cli.operations.Numbers;
import dev.agw.cli.promql.Comparison;
import dev.agw.cli.promql.Expression;
import dev.agw.cli.promql.Query;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an alert's condition says, and what it does not.
record AlertLints(Context context, Findings findings) {
    private static final Set<String> RANKS = Set.of("topk", "bottomk", "limitk", "limit_ratio");
    private static final Set<String> OUTCOMES =
            Set.of("status", "reason", "result", "outcome", "action", "cause", "code");
    private static final int EVALUATIONS = 2;

    void look(Rule rule, Subject subject) {
        Condition condition = Condition.of(subject.query());
        Place place = subject.place();
        if (!condition.filters()) {
            findings.add(Lint.NO_COMPARISON, place, "the expression compares nothing");
        }
        if (Condition.has(
                subject.query(), part -> part instanceof Query.Aggregation a && RANKS.contains(a.operator()))) {
            findings.add(Lint.RANKED, place, "the expression takes the first of a ranking");
        }
        hold(rule, condition, place);
        shares(condition, place);
        rates(rule, condition, place);
        whereabouts(subject);
    }

    private void hold(Rule rule, Condition condition, Place place) {
        double interval = rule.interval().orElse(context.scrape());
        boolean absent = Condition.calls(condition.query(), "absent");
        if (rule.hold() == 0 && absent) {
            findings.add(Lint.ABSENT_WITHOUT_FOR, place, "absent() without for");
        } else if (rule.hold() == 0 && !condition.steady()) {
            findings.add(Lint.NO_FOR, place, "no for, and the expression looks at one moment");
        } else if (rule.hold() > 0 && rule.hold() < EVALUATIONS * interval) {
            findings.add(
                    Lint.SHORT_FOR,
                    place,
                    "for: " + Numbers.time(rule.hold()) + " with evaluations every " + Numbers.time(interval));
        }
    }

    private void shares(Condition condition, Place place) {
        boolean share = condition.comparisons().stream().anyMatch(comparison -> Condition.share(comparison.of()));
        boolean floor = condition.comparisons().stream()
                .anyMatch(comparison -> comparison.above()
                        && !Condition.share(comparison.of())
                        && (Condition.rated(comparison.of()) || counts(comparison.of())));
        if (share && !floor) {
            findings.add(Lint.NO_TRAFFIC_FLOOR, place, "a share of rates, whatever the number of events");
        }
    }

    private static boolean counts(Query query) {
        return Condition.has(
                query,
                part -> part instanceof Query.Aggregation a && a.operator().equals("count"));
    }

    /// One rate of what went wrong alone, and no share.
    private void rates(Rule rule, Condition condition, Place place) {
        List<Comparison> rated = condition.comparisons().stream()
                .filter(comparison -> Condition.rated(comparison.of()))
                .toList();
        if (rated.size() == 1) {
            Comparison only = rated.getFirst();
            if (only.above() && outcome(only.of()) && !Condition.share(only.of())) {
                rate(rule, only, place);
            }
        }
    }

    private void rate(Rule rule, Comparison comparison, Place place) {
        Optional<Double> window = Condition.window(comparison.of());
        if (comparison.with() == 0
                && window.filter(w -> rule.hold() > 0 && rule.hold() <= w).isPresent()) {
            findings.add(
                    Lint.SINGLE_EVENT,
                    place,
                    "one event keeps the rate above 0 for " + Numbers.time(window.orElse(0.0)) + ", and for is "
                            + Numbers.time(rule.hold()));
        }
        if (comparison.with() > 0 && Condition.calls(comparison.of(), "rate")) {
            findings.add(
                    Lint.ABSOLUTE_RATE,
                    place,
                    "fires at " + Numbers.plain(comparison.with()) + "/s, whatever the rate of all");
        }
    }

    /// Whether it is about some outcomes alone, and so about what went wrong.
    private static boolean outcome(Query query) {
        return Expression.selectors(query).stream()
                .flatMap(selector -> selector.matchers().stream())
                .anyMatch(matcher -> OUTCOMES.contains(matcher.label()));
    }

    private void whereabouts(Subject subject) {
        Shape shape = context.shapes().of(subject.query());
        List<String> where = context.whereabouts().stream().sorted().toList();
        if (!Condition.calls(subject.query(), "absent") && where.stream().noneMatch(shape::may)) {
            findings.add(
                    Lint.NO_WHERE, subject.place(), "the result has none of the labels " + String.join(", ", where));
        }
    }
}
