package dev.agw.cli.render;

import dev.agw.schema.Nearest;
import dev.agw.telemetry.Metric;
import dev.agw.telemetry.MetricCatalogue;
import dev.agw.telemetry.MetricType;
import dev.agw.telemetry.RuntimeCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Every series that a rule, a panel or a runbook may ask for.
public final class Catalogue {
    private static final String TOTAL = "_total";
    private static final List<String> COMPLETE =
            List.of("agentgateway_", "kgateway_", "enterprise_kgateway_", "ratelimit_solo_io_");

    private final Map<String, Metric> metrics = new HashMap<>();
    private final Map<String, String> pending = new HashMap<>();

    private Catalogue() {}

    /// What the gateway has, and what is known of others.
    public static Catalogue known() {
        Catalogue catalogue = new Catalogue();
        Families families = Families.shipped();
        families.families().forEach(family -> {
            catalogue.add(family.metric());
            family.pending().ifPresent(part -> catalogue.pending.put(family.name(), part));
        });
        Stream.concat(MetricCatalogue.all().stream(), RuntimeCatalogue.all().stream())
                .forEach(catalogue::add);
        families.pending().forEach((part, names) -> names.forEach(name -> catalogue.pending.put(name, part)));
        return catalogue;
    }

    private void add(Metric metric) {
        metric.names().forEach(name -> metrics.put(name, metric));
        if (metric.type() == MetricType.HISTOGRAM) {
            metrics.remove(metric.name());
            Stream.of("_bucket", "_sum", "_count").forEach(suffix -> metrics.put(metric.name() + suffix, metric));
        }
    }

    /// The metric that series of that name belong to.
    public Optional<Metric> find(String series) {
        return Optional.ofNullable(metrics.get(series));
    }

    /// The part of the gateway that those series wait for; empty if they move, or nobody knows them.
    public Optional<String> pending(String series) {
        return find(series).flatMap(metric -> Optional.ofNullable(pending.get(metric.name())));
    }

    /// Families of the gateway that are said to wait for a part of it.
    List<String> pendingNames() {
        return List.copyOf(pending.keySet());
    }

    /// The series that might have been meant by a name that there is none of.
    public Optional<String> near(String series) {
        return Nearest.name(series, metrics.keySet())
                .or(() -> Optional.of(series + TOTAL).filter(metrics::containsKey));
    }

    /// That there is no such series, and which might have been meant.
    public String unknown(String series) {
        return "there is no metric " + series
                + near(series).map(name -> "; did you mean \"" + name + "\"?").orElse("");
    }

    /// Whether a name is like those of the gateway, of its control plane or of its rate limiter, whose series are all
    /// known. Of other systems, the catalogue has but what rules of agw ask for.
    public static boolean complete(String series) {
        return COMPLETE.stream().anyMatch(series::startsWith);
    }
}
