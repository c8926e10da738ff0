package dev.agw.cli.lint;

import dev.agw.cli.operations.Operations;
import dev.agw.cli.promql.Query;
import dev.agw.cli.render.Catalogue;
import dev.agw.cli.render.ExpressionCheck;
import dev.agw.telemetry.Metric;
import dev.agw.telemetry.MetricType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known when something is looked at.
///
/// @param check of names and bounds
/// @param shapes of results
/// @param scrape seconds between two scrapes
/// @param clusterLabel the label that tells clusters apart
record Context(ExpressionCheck check, Shapes shapes, double scrape, String clusterLabel) {
    private static final Set<String> COUNTED = Set.of("_bucket", "_count", "_sum");

    /// @param recorded recorded expressions by name
    static Context of(Operations operations, Set<String> names, Map<String, Query> recorded) {
        String cluster = operations.monitoring().clusterLabel();
        ExpressionCheck check = ExpressionCheck.of(Catalogue.known(), cluster, names);
        double scrape = operations.monitoring().scrapeInterval().toMillis() / 1e3;
        return new Context(check, new Shapes(check, recorded), scrape, cluster);
    }

    Optional<Metric> metric(String series) {
        return check.catalogue().find(series);
    }

    /// Whether a series only grows: counters, and what histograms count.
    boolean counter(String series) {
        return metric(series)
                .filter(metric -> metric.type() == MetricType.COUNTER
                        || (metric.type() == MetricType.HISTOGRAM
                                && COUNTED.stream().anyMatch(series::endsWith)))
                .isPresent();
    }

    boolean gauge(String series) {
        return metric(series)
                .filter(metric -> metric.type() == MetricType.GAUGE)
                .isPresent();
    }

    /// The labels that say where something runs.
    Set<String> whereabouts() {
        return Set.of(clusterLabel, "namespace", "pod", "instance", "job", "node");
    }
}
