package dev.agw.cli.lint;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.agw.cli.promql.Selector;
import dev.agw.cli.promql.Variables;
import dev.agw.cli.render.Catalogue;
import dev.agw.cli.render.Fault;
import dev.agw.telemetry.Metric;
import dev.agw.telemetry.MetricCatalogue;
import java.util.Optional;

/// Names of metrics and labels, bounds, patterns.
record NameLints(Context context, Findings findings) {
    void look(Subject subject) {
        context.check().faults(subject.expression()).forEach(fault -> fault(subject, fault));
        for (Selector selector : subject.expression().selectors()) {
            counterName(subject, selector.name());
            selector.matchers().forEach(matcher -> pattern(subject, matcher));
        }
    }

    private void fault(Subject subject, Fault fault) {
        switch (fault.kind()) {
            case METRIC -> metric(subject, fault);
            case LABEL -> findings.add(Lint.LABEL_UNKNOWN, subject.place(), fault.message());
            case BOUND, BEYOND -> findings.add(Lint.BUCKET_REACH, subject.place(), fault.message());
            case SHARE -> findings.add(Lint.QUANTILE_SHARE, subject.place(), fault.message());
            case BOUNDLESS -> findings.add(Lint.QUANTILE_WITHOUT_LE, subject.place(), fault.message());
            case BETWEEN -> findings.add(Lint.BUCKET_REACH, Severity.warn, subject.place(), fault.message());
        }
    }

    /// A colon is for what is recorded. What others have, nobody knows here: only what looks mistyped is told.
    private void metric(Subject subject, Fault fault) {
        if (fault.series().contains(":")) {
            findings.add(Lint.RECORD_MISSING, subject.place(), "no file records " + fault.series());
        } else if (Catalogue.complete(fault.series())) {
            findings.add(Lint.METRIC_UNKNOWN, subject.place(), fault.message());
        } else if (context.check().catalogue().near(fault.series()).isPresent()) {
            findings.add(Lint.METRIC_UNKNOWN, Severity.warn, subject.place(), fault.message());
        }
    }

    /// Of other systems' counters, the catalogue has the names that they really have.
    private void counterName(Subject subject, String series) {
        Optional<Metric> metric = context.metric(series);
        boolean bare = metric.filter(m -> MetricCatalogue.all().contains(m)
                        && m.names().size() > 1
                        && m.name().equals(series))
                .isPresent();
        if (bare) {
            findings.add(
                    Lint.COUNTER_NAME,
                    subject.place(),
                    series + " is a counter, and is " + series + "_total elsewhere");
        }
    }

    private void pattern(Subject subject, Selector.Matcher matcher) {
        if (!matcher.operator().endsWith("~") || Variables.in(matcher.value())) {
            return;
        }
        try {
            Pattern.compile(matcher.value());
        } catch (PatternSyntaxException wrong) {
            findings.add(
                    Lint.BAD_PATTERN, subject.place(), "the pattern of " + matcher.label() + ": " + wrong.getMessage());
        }
    }
}
