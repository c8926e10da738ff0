package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is kept from before an upgrade, to compare with after it.
///
/// ```json
/// {"schemaVersion": 2, "at": "2026-01-01T00:00:00Z", "pods": 3, "errors": {"own": 2, "all": 1800},
///  "overheadP95": 0.0021, "series": {"agentgateway_requests_total": 14},
///  "guards": {"PodDisruptionBudget agw": "maxUnavailable 1"}}
/// ```
///
/// @param taken when, and from how many pods
/// @param errors of the window
/// @param overhead p95 of the gateway's own time, in seconds; empty if there was no request
/// @param series how many series each name had in the pod that had most: a sum over pods grows as they are scaled
/// @param guards what budgets and autoscalers asked for
public record Baseline(
        Taken taken,
        Errors errors,
        Optional<Double> overhead,
        Map<String, Integer> series,
        Map<String, String> guards) {
    private static final int SCHEMA = 2;

    /// When a baseline was taken, and from how many pods.
    public record Taken(Instant at, int pods) {
        @Override
        public String toString() {
            return at + ", of " + pods + (pods == 1 ? " pod" : " pods");
        }
    }

    public Baseline {
        series = Map.copyOf(series);
        guards = Map.copyOf(guards);
    }

    /// What the pods of a snapshot show; empty unless all of them could be read, and there are any: what is compared
    /// with less is compared with nothing.
    public static Optional<Baseline> of(Snapshot snapshot) {
        List<PodMetrics> pods = Pods.read(snapshot);
        return pods.isEmpty() || pods.size() < snapshot.pods().size()
                ? Optional.empty()
                : Optional.of(new Baseline(
                        new Taken(snapshot.at(), pods.size()),
                        Errors.of(pods),
                        TrafficChecks.overhead(pods),
                        series(pods),
                        AfterwardsChecks.guards(snapshot)));
    }

    static Map<String, Integer> series(List<PodMetrics> pods) {
        Map<String, Integer> most = new TreeMap<>();
        for (PodMetrics pod : pods) {
            Map<String, Integer> series = new TreeMap<>();
            pod.now().samples().forEach(sample -> series.merge(sample.name(), 1, Integer::sum));
            series.forEach((name, count) -> most.merge(name, count, Math::max));
        }
        return most;
    }

    /// Reads what [#json] wrote; says why not otherwise.
    public static Part<Baseline> read(JsonNode json) {
        if (json.path("schemaVersion").asInt() != SCHEMA || !json.path("series").isObject()) {
            return new Part.Unreadable<>("the baseline is none that this agw wrote", "write one in the phase pre");
        }
        if (json.path("series").isEmpty()) {
            return new Part.Unreadable<>("the baseline holds no metrics", "remove it, and write one in the phase pre");
        }
        Map<String, Integer> series = new TreeMap<>();
        json.path("series")
                .properties()
                .forEach(entry -> series.put(entry.getKey(), entry.getValue().asInt()));
        Map<String, String> guards = new TreeMap<>();
        json.path("guards")
                .properties()
                .forEach(entry -> guards.put(entry.getKey(), entry.getValue().asText()));
        JsonNode errors = json.path("errors");
        JsonNode overhead = json.path("overheadP95");
        return new Part.Read<>(new Baseline(
                new Taken(
                        Instant.parse(json.path("at").asText()),
                        json.path("pods").asInt()),
                new Errors(errors.path("own").asDouble(), errors.path("all").asDouble()),
                overhead.isNumber() ? Optional.of(overhead.asDouble()) : Optional.empty(),
                series,
                guards));
    }

    /// As it is written to a file.
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("schemaVersion", SCHEMA)
                .put("at", taken.at().toString())
                .put("pods", taken.pods());
        json.putObject("errors").put("own", errors.own()).put("all", errors.all());
        overhead.ifPresent(seconds -> json.put("overheadP95", seconds));
        ObjectNode names = json.putObject("series");
        new TreeMap<>(series).forEach(names::put);
        ObjectNode asked = json.putObject("guards");
        new TreeMap<>(guards).forEach(asked::put);
        return json;
    }
}
