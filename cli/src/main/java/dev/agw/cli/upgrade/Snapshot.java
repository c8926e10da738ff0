package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/// All that checks look at, as it was at one moment.
///
/// @param window time between the two looks at counters; zero if there was one look
/// @param pods every pod's metrics, by the pod's name or the URL
/// @param rules files of rules and dashboards
/// @param kubernetes lists of objects by the resource's plural, as the API gave them; `version` for its version
/// @param prometheus answers of a Prometheus: `alerts`, `rules`, `up`, `rate`, `peak`
/// @param smoke how requests through the gateway were answered: see [Smoke]
public record Snapshot(
        Instant at,
        Duration window,
        SortedMap<String, Part<PodMetrics>> pods,
        Part<ConfigReading> config,
        List<RulesFile> rules,
        SortedMap<String, Part<JsonNode>> kubernetes,
        SortedMap<String, Part<JsonNode>> prometheus,
        Part<JsonNode> smoke,
        Part<Baseline> baseline) {
    /// What to give to have metrics read.
    static final String NO_METRICS = "no metrics were asked for: -n for those of a cluster, or --metrics-url";

    static final String NO_CLUSTER = "no cluster was asked for: -n, or --kubernetes for a folder";
    static final String NO_SMOKE = "no request was asked for: --smoke-url";
    static final String NO_PROMETHEUS = "no Prometheus was asked for: --prometheus-url";
    static final String NO_CONFIG = "no configuration was given: --config";
    static final String NO_BASELINE = "no baseline was given: --baseline, with a file that the phase pre wrote";

    public Snapshot {
        pods = Collections.unmodifiableSortedMap(new TreeMap<>(pods));
        rules = List.copyOf(rules);
        kubernetes = Collections.unmodifiableSortedMap(new TreeMap<>(kubernetes));
        prometheus = Collections.unmodifiableSortedMap(new TreeMap<>(prometheus));
    }

    /// Nothing was asked for.
    public static Snapshot empty(Instant at) {
        return new Snapshot(
                at,
                Duration.ZERO,
                new TreeMap<>(),
                new Part.NotAsked<>(NO_CONFIG),
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                new Part.NotAsked<>(NO_SMOKE),
                new Part.NotAsked<>(NO_BASELINE));
    }

    /// The same at this moment.
    public Snapshot at(Instant moment) {
        return new Snapshot(moment, window, pods, config, rules, kubernetes, prometheus, smoke, baseline);
    }

    /// The same with these metrics, looked at over this window.
    public Snapshot with(Duration span, SortedMap<String, Part<PodMetrics>> metrics) {
        return new Snapshot(at, span, metrics, config, rules, kubernetes, prometheus, smoke, baseline);
    }

    /// The same with this configuration.
    public Snapshot with(ConfigReading reading) {
        return new Snapshot(at, window, pods, new Part.Read<>(reading), rules, kubernetes, prometheus, smoke, baseline);
    }

    /// The same with these files of rules and dashboards.
    public Snapshot with(List<RulesFile> files) {
        return new Snapshot(at, window, pods, config, files, kubernetes, prometheus, smoke, baseline);
    }

    /// The same with these objects of a cluster.
    public Snapshot withKubernetes(SortedMap<String, Part<JsonNode>> objects) {
        return new Snapshot(at, window, pods, config, rules, objects, prometheus, smoke, baseline);
    }

    /// The same with these answers of a Prometheus.
    public Snapshot withPrometheus(SortedMap<String, Part<JsonNode>> answers) {
        return new Snapshot(at, window, pods, config, rules, kubernetes, answers, smoke, baseline);
    }

    /// The same with these answers to requests through the gateway.
    public Snapshot withSmoke(JsonNode answers) {
        return new Snapshot(
                at, window, pods, config, rules, kubernetes, prometheus, new Part.Read<>(answers), baseline);
    }

    /// The same, to be compared with this.
    public Snapshot with(Part<Baseline> earlier) {
        return new Snapshot(at, window, pods, config, rules, kubernetes, prometheus, smoke, earlier);
    }

    /// A list of objects, or why there is none.
    Part<JsonNode> objects(String plural) {
        return kubernetes.getOrDefault(plural, new Part.NotAsked<>(NO_CLUSTER));
    }

    /// The objects of a list; none if it was not read.
    List<JsonNode> items(String plural) {
        return objects(plural) instanceof Part.Read<JsonNode>(JsonNode list) ? items(list) : List.of();
    }

    /// The objects of a list.
    static List<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.path("items").spliterator(), false).toList();
    }

    /// An answer, or why there is none.
    Part<JsonNode> answer(String question) {
        return prometheus.getOrDefault(question, new Part.NotAsked<>(NO_PROMETHEUS));
    }
}
