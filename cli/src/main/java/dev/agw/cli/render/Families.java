package dev.agw.cli.render;

import dev.agw.schema.Allowed;
import dev.agw.schema.Doc;
import dev.agw.telemetry.Buckets;
import dev.agw.telemetry.Metric;
import dev.agw.telemetry.MetricType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `rules/families.yaml`: what can be asked for beside the metrics of the gateway.
@Doc("Families of metrics that the gateway does not have, and those of its own that nothing moves yet.")
public record Families(
        @Doc("Families of the gateway that wait for a part of it, by part.")
        Map<String, List<String>> pending,

        @Doc("Families of others.") List<Family> families) {
    @Doc("A family of metrics.")
    public record Family(
            @Doc("Its name.") String name,

            @Doc("Its type.") @Allowed({"counter", "gauge", "histogram"})
            String type,

            @Doc("Its labels, but for those of its target.") List<String> labels,
            @Doc("The bounds of a histogram.") List<String> buckets,
            @Doc("The part it waits for.") Optional<String> pending) {
        Metric metric() {
            double[] bounds = buckets.stream().mapToDouble(Double::parseDouble).toArray();
            return new Metric(
                    name, MetricType.valueOf(type.toUpperCase(Locale.ROOT)), labels, Buckets.of(bounds), "", name);
        }
    }

    /// Those of the distribution.
    static Families shipped() {
        return RuleSources.read("rules/families.yaml", Families.class).getFirst();
    }
}
