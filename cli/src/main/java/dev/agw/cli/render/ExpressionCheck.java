package dev.agw.cli.render;

import dev.agw.cli.operations.Numbers;
import dev.agw.cli.promql.Expression;
import dev.agw.cli.promql.Quantile;
import dev.agw.cli.promql.Selector;
import dev.agw.cli.promql.Variables;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Nearest;
import dev.agw.telemetry.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Tells what keeps an expression from ever being true: metrics and labels that there are none of, and thresholds that
/// a histogram cannot tell.
///
/// @param targetLabels labels that Prometheus gives every series
/// @param recorded names of recorded expressions
public record ExpressionCheck(Catalogue catalogue, Set<String> targetLabels, Set<String> recorded) {
    private static final String BUCKET = "_bucket";
    private static final String LE = "le";
    private static final String INFINITE = "+Inf";
    private static final Set<String> TARGET =
            Set.of("job", "instance", "namespace", "pod", "container", "node", "service", "endpoint");

    /// A check against that catalogue.
    ///
    /// @param clusterLabel the label that tells clusters apart
    public static ExpressionCheck of(Catalogue catalogue, String clusterLabel, Set<String> recorded) {
        Set<String> labels = new HashSet<>(TARGET);
        labels.add(clusterLabel);
        return new ExpressionCheck(catalogue, labels, recorded);
    }

    /// What is wrong with `text`; empty if nothing is.
    public List<String> findings(String text) {
        try {
            return faults(Expression.of(text)).stream().map(Fault::message).toList();
        } catch (InvalidValueException broken) {
            return List.of(broken.message());
        }
    }

    /// What is wrong with `expression`, each once. What depends on a choice in a dashboard is passed over.
    public List<Fault> faults(Expression expression) {
        List<Fault> faults = new ArrayList<>();
        expression.selectors().stream()
                .filter(selector -> !Variables.in(selector.name()))
                .forEach(selector -> selector(selector, faults));
        grouping(expression, faults);
        expression.quantiles().forEach(quantile -> quantile(quantile).ifPresent(faults::add));
        QuantileCheck.look(expression.query(), faults::add);
        return faults.stream().distinct().toList();
    }

    private void selector(Selector selector, List<Fault> faults) {
        String series = selector.name();
        if (recorded.contains(series)) {
            return;
        }
        Optional<Metric> metric = catalogue.find(series);
        if (metric.isEmpty()) {
            faults.add(new Fault(Fault.Kind.METRIC, series, "", catalogue.unknown(series)));
            return;
        }
        Set<String> labels = labels(series, metric.get());
        for (Selector.Matcher matcher : selector.matchers()) {
            if (!labels.contains(matcher.label()) && !Variables.in(matcher.label())) {
                String message =
                        series + " has no label " + matcher.label() + "; " + Nearest.hint(matcher.label(), labels);
                faults.add(new Fault(Fault.Kind.LABEL, series, matcher.label(), message));
            } else if (matcher.label().equals(LE)) {
                bound(series, metric.get(), matcher).ifPresent(faults::add);
            }
        }
    }

    /// The labels that series of that name may have.
    public Set<String> labels(String series, Metric metric) {
        Set<String> labels = new HashSet<>(targetLabels);
        labels.addAll(metric.labels());
        if (series.endsWith(BUCKET)) {
            labels.add(LE);
        }
        return labels;
    }

    private void grouping(Expression expression, List<Fault> faults) {
        Set<String> labels = new HashSet<>(targetLabels);
        for (Selector selector : expression.selectors()) {
            Optional<Metric> metric = catalogue.find(selector.name());
            if (metric.isEmpty()) {
                return; // what a recorded expression has for labels is for its own check
            }
            labels.addAll(labels(selector.name(), metric.get()));
        }
        for (String label : expression.labels()) {
            if (!labels.contains(label) && !Variables.in(label)) {
                String message = "no metric here has the label " + label + "; " + Nearest.hint(label, labels);
                faults.add(new Fault(Fault.Kind.LABEL, "", label, message));
            }
        }
    }

    private static Optional<Fault> bound(String series, Metric metric, Selector.Matcher matcher) {
        if (matcher.operator().startsWith("!") || Variables.in(matcher.value())) {
            return Optional.empty();
        }
        boolean found = metric.buckets().spellings().stream().anyMatch(bound -> fits(matcher, bound))
                || matcher.value().equals(INFINITE);
        return found
                ? Optional.empty()
                : Optional.of(new Fault(
                        Fault.Kind.BOUND,
                        series,
                        LE,
                        series + " has no bound " + spoken(matcher.value()) + "; its bounds are " + bounds(metric)));
    }

    /// A bound that is whole is `30` to some and `30.0` to others.
    private static boolean fits(Selector.Matcher matcher, String bound) {
        String plain = bound.endsWith(".0") ? bound.substring(0, bound.length() - 2) : bound;
        if (!matcher.operator().equals("=~")) {
            return matcher.value().equals(bound) || matcher.value().equals(plain);
        }
        try {
            Pattern pattern = Pattern.compile(matcher.value());
            return pattern.matcher(bound).matches() || pattern.matcher(plain).matches();
        } catch (PatternSyntaxException wrong) {
            return false;
        }
    }

    private static String spoken(String pattern) {
        return pattern.replace("([.]0)?", "").replace("[.]", ".");
    }

    private Optional<Fault> quantile(Quantile quantile) {
        Optional<Metric> metric = catalogue.find(quantile.series());
        if (metric.isEmpty() || metric.get().buckets().bounds().isEmpty()) {
            return Optional.empty();
        }
        List<Double> bounds = metric.get().buckets().bounds();
        double threshold = quantile.threshold();
        String series = quantile.series();
        if (quantile.operator().startsWith(">") && threshold >= bounds.getLast()) {
            String message = "a quantile of " + series + " is never above " + Numbers.plain(bounds.getLast())
                    + ", its last bound: it cannot exceed " + Numbers.plain(threshold);
            return Optional.of(new Fault(Fault.Kind.BEYOND, series, LE, message));
        }
        if (bounds.contains(threshold)) {
            return Optional.empty();
        }
        String message = "a quantile of " + series + " cannot tell " + Numbers.plain(threshold)
                + ": it is no bound of its buckets, which are " + bounds(metric.get());
        return Optional.of(new Fault(Fault.Kind.BETWEEN, series, LE, message));
    }

    private static String bounds(Metric metric) {
        return String.join(
                ", ", metric.buckets().bounds().stream().map(Numbers::plain).toList());
    }
}
