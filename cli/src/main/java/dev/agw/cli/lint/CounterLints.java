package dev.agw.cli.lint;

import dev.agw.cli.operations.Numbers;
import dev.agw.cli.promql.Constants;
import dev.agw.cli.promql.Query;
import dev.agw.cli.promql.Selector;
import java.util.Optional;
import java.util.Set;

/// Counters want a rate, gauges do not, and a rate wants samples.
record CounterLints(Context context, Findings findings) {
    private static final Set<String> RATES = Set.of("rate", "irate", "increase");
    private static final Set<String> OF_COUNTERS = Set.of(
            "rate",
            "irate",
            "increase",
            "resets",
            "changes",
            "absent_over_time",
            "present_over_time",
            "count_over_time");
    private static final Set<String> PRESENCE = Set.of("absent", "timestamp");
    private static final Set<String> COUNTING = Set.of("count", "group");
    private static final int FEWEST = 2;
    private static final int ENOUGH = 4;

    void look(Subject subject) {
        inside(subject, subject.query());
        subject.query().visit(part -> {
            if (part instanceof Query.Call call && RATES.contains(call.function())) {
                rate(subject, call);
            }
        });
    }

    /// Looks for counters that nothing makes a rate of.
    private void inside(Subject subject, Query query) {
        switch (query) {
            case Query.Series(Selector selector) -> raw(subject, selector.name());
            case Query.Call call when OF_COUNTERS.contains(call.function()) || PRESENCE.contains(call.function()) -> {}
            case Query.Aggregation aggregation when COUNTING.contains(aggregation.operator()) -> {}
            case Query.Binary binary
            when binary.operator().equals("unless") || binary.operator().equals("and") ->
                inside(subject, binary.left());
            case Query other -> other.parts().forEach(part -> inside(subject, part));
        }
    }

    private void raw(Subject subject, String series) {
        if (context.counter(series)) {
            findings.add(
                    Lint.COUNTER_WITHOUT_RATE,
                    subject.at(Severity.error),
                    subject.place(),
                    series + " is a counter, and stands there without rate() or increase()");
        }
    }

    private void rate(Subject subject, Query.Call call) {
        if (call.arguments().size() != 1 || !(call.arguments().getFirst() instanceof Query.Window window)) {
            return;
        }
        if (window.of() instanceof Query.Series(Selector selector) && context.gauge(selector.name())) {
            findings.add(
                    Lint.RATE_OF_GAUGE,
                    subject.at(Severity.error),
                    subject.place(),
                    call.function() + "() of " + selector.name() + ", which is a gauge");
        }
        Optional<Double> seconds = Constants.seconds(window.range());
        seconds.filter(range -> range < ENOUGH * context.scrape()).ifPresent(range -> narrow(subject, window, range));
    }

    private void narrow(Subject subject, Query.Window window, double range) {
        boolean blind = range < FEWEST * context.scrape();
        findings.add(
                Lint.SHORT_WINDOW,
                blind ? subject.at(Severity.error) : Severity.warn,
                subject.place(),
                "[" + window.range() + "] is shorter than " + (blind ? FEWEST : ENOUGH) + " scrape intervals of "
                        + Numbers.time(context.scrape()));
    }
}
