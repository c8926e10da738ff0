package dev.agw.cli.dashboard;

import dev.agw.cli.promql.Expression;
import dev.agw.cli.promql.Selector;
import dev.agw.cli.promql.Variables;
import dev.agw.cli.render.Catalogue;
import dev.agw.cli.render.ExpressionCheck;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Nearest;
import dev.agw.telemetry.Metric;
import dev.agw.telemetry.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an expression of a panel must be like, beside what holds for those of alerts: the rules of Grafana's own
/// dashboard-linter on targets.
///
/// Its rule that buckets stand in a `histogram_quantile` does not hold here: heatmaps show them as they are, and shares
/// of a bucket are exact where quantiles are interpolated.
final class ExprLint {
    private static final Pattern RATE = Pattern.compile("\\bi?rate\\((?:[^\\[\"]|\"[^\"]*\")*\\[([^]]*)]");
    private static final String RATE_INTERVAL = "$__rate_interval";
    private static final Set<String> COUNTING = Set.of("rate", "irate", "increase", "changes", "resets");

    private final ExpressionCheck check;
    private final Catalogue catalogue;
    private final Filters filters;

    ExprLint(Filters filters) {
        this.catalogue = filters.catalogue();
        this.filters = filters;
        this.check = ExpressionCheck.of(catalogue, filters.monitoring().clusterLabel(), Set.of());
    }

    /// What is wrong with `expr`; empty if nothing is.
    List<String> findings(String expr) {
        List<String> findings = new ArrayList<>(check.findings(expr));
        rates(expr, findings);
        variables(expr, findings);
        for (Selector selector : selectors(expr)) {
            matchers(selector, findings);
            counter(selector, expr).ifPresent(findings::add);
        }
        return findings.stream().distinct().toList();
    }

    private static List<Selector> selectors(String expr) {
        try {
            return Expression.of(expr).selectors();
        } catch (InvalidValueException broken) {
            return List.of(); // which is a finding already
        }
    }

    private static void rates(String expr, List<String> findings) {
        Matcher rate = RATE.matcher(expr);
        while (rate.find()) {
            if (!rate.group(1).equals(RATE_INTERVAL)) {
                findings.add("expected a rate over " + RATE_INTERVAL + ", found one over " + rate.group(1));
            }
        }
    }

    private void variables(String expr, List<String> findings) {
        List<String> known = Variable.all(filters.monitoring().clusterLabel()).stream()
                .map(Variable::name)
                .toList();
        Variables.own(expr).stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> findings.add("no variable is called " + name + "; " + Nearest.hint(name, known)));
    }

    private void matchers(Selector selector, List<String> findings) {
        filters.missing(selector)
                .forEach(missing -> findings.add(selector.name() + " lacks the matcher " + missing.label()
                        + missing.operator() + "\"" + missing.value() + "\""));
    }

    private Optional<String> counter(Selector selector, String expr) {
        boolean counts = catalogue
                .find(selector.name())
                .map(Metric::type)
                .filter(type -> type != MetricType.GAUGE)
                .isPresent();
        if (!counts || counted(selector.name(), expr)) {
            return Optional.empty();
        }
        return Optional.of(selector.name() + " only ever grows: expected its rate or increase");
    }

    /// Whether each occurrence is the range that a function counts.
    private static boolean counted(String name, String expr) {
        String selector = Pattern.quote(name) + "(?:\\{(?:[^}\"]|\"[^\"]*\")*})?(?![\\w:])";
        Matcher all = Pattern.compile("(?<![\\w:])" + selector).matcher(expr);
        Matcher ranges = Pattern.compile("(\\w+)\\(\\s*" + selector + "\\s*\\[").matcher(expr);
        long counted = ranges.results()
                .filter(range -> COUNTING.contains(range.group(1)))
                .count();
        return all.results().count() == counted;
    }
}
