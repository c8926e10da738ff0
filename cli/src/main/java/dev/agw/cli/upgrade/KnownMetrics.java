package dev.agw.cli.upgrade;

import dev.agw.telemetry.Metric;
import dev.agw.telemetry.MetricCatalogue;
import dev.agw.telemetry.MetricType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The metrics of this version by every name that samples have.
final class KnownMetrics {
    private static final Map<String, Metric> BY_NAME = byName();

    private KnownMetrics() {}

    static Optional<Metric> named(String sample) {
        return Optional.ofNullable(BY_NAME.get(sample));
    }

    /// Names that every page of a gateway has, whatever its traffic.
    static List<String> always() {
        return MetricCatalogue.all().stream()
                .filter(metric -> metric.labels().isEmpty() && metric.type() == MetricType.GAUGE)
                .map(Metric::name)
                .toList();
    }

    private static Map<String, Metric> byName() {
        Map<String, Metric> all = new HashMap<>();
        for (Metric metric : MetricCatalogue.all()) {
            metric.names().forEach(name -> all.put(name, metric));
            if (metric.type() == MetricType.HISTOGRAM) {
                Stream.of("_bucket", "_sum", "_count").forEach(suffix -> all.put(metric.name() + suffix, metric));
            }
        }
        return all;
    }
}
