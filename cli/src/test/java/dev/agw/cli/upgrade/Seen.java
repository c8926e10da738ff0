package dev.agw.cli.upgrade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.exposition.MetricsPage;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Snapshots for tests, from what pods and others said.
final class Seen {
    static final Instant AT = Instant.ofEpochSecond(10_000);
    static final Snapshot NOTHING = Snapshot.empty(AT);

    private Seen() {}

    /// Pods that were looked at once.
    static Snapshot pods(String... pages) {
        return pods(Arrays.stream(pages)
                .<Part<PodMetrics>>map(
                        page -> new Part.Read<>(new PodMetrics("pod", Optional.empty(), MetricsPage.parse(page))))
                .toList());
    }

    /// One pod that was looked at twice.
    static Snapshot grown(String before, String now) {
        return pods(List.of(new Part.Read<>(
                new PodMetrics("pod-0", Optional.of(MetricsPage.parse(before)), MetricsPage.parse(now)))));
    }

    /// One pod that did not answer, beside those that did.
    static Snapshot andOneThatIsGone(Snapshot others) {
        SortedMap<String, Part<PodMetrics>> pods = new TreeMap<>(others.pods());
        pods.put("pod-gone", new Part.Unreadable<>("it takes no connection", ""));
        return others.with(Duration.ofSeconds(30), pods);
    }

    static Snapshot config(String reader, List<String> errors, List<String> warnings) {
        return NOTHING.with(new ConfigReading(reader, errors, warnings, List.of(), Shutdown.DEFAULTS));
    }

    /// A file with one alert of this expression.
    static List<RulesFile> alert(String expr) {
        return List.of(new RulesFile("rules.yaml", "groups: [{name: g, rules: [{alert: A, expr: '" + expr + "'}]}]"));
    }

    /// A dashboard with one panel of this expression.
    static List<RulesFile> panel(String expr) {
        return List.of(new RulesFile(
                "board.json", "{\"panels\": [{\"title\": \"P\", \"targets\": [{\"expr\": \"" + expr + "\"}]}]}"));
    }

    /// Alerts of a Prometheus that has loaded a rule of this name.
    static Snapshot alerts(String json, String rule) {
        String rules = "{\"data\": {\"groups\": [{\"rules\": [{\"name\": \"" + rule + "\"}]}]}}";
        return NOTHING.withPrometheus(
                new TreeMap<>(Map.of("alerts", new Part.Read<>(tree(json)), "rules", new Part.Read<>(tree(rules)))));
    }

    static JsonNode tree(String json) {
        try {
            return Dump.JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Snapshot pods(List<Part<PodMetrics>> parts) {
        SortedMap<String, Part<PodMetrics>> pods = new TreeMap<>();
        for (int i = 0; i < parts.size(); i++) {
            pods.put("pod-" + i, parts.get(i));
        }
        return NOTHING.with(Duration.ofSeconds(30), pods);
    }
}
