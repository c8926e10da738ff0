package dev.agw.cli.upgrade;

import static dev.agw.cli.upgrade.ClusterFixtures.NONE;
import static dev.agw.cli.upgrade.ClusterFixtures.forbidden;
import static dev.agw.cli.upgrade.ClusterFixtures.row;
import static dev.agw.cli.upgrade.ClusterFixtures.seen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// Monitors of a cluster, and what a Prometheus answers.
final class MonitoringFixtures {
    private static final String MONITOR = """
        {"items": [{"metadata": {"name": "m", "namespace": "ai", "labels": {"release": "prometheus"}}, "spec":
         {"selector": {"matchLabels": {"app": "agw"}}, "podMetricsEndpoints": [{"port": "metrics"}]}}]}\
        """;
    private static final String SERVICE_MONITOR = """
        {"items": [{"metadata": {"name": "m", "namespace": "monitoring"}, "spec": {"namespaceSelector": {"matchNames":
         ["ai"]}, "selector": {"matchLabels": {"s": "agw"}}, "endpoints": [{"port": "http-metrics"}]}}]}\
        """;
    private static final String SERVICE = """
        {"items": [{"metadata": {"name": "agw", "labels": {"s": "agw"}}, "spec": {"selector": {"app": "agw"},
         "ports": [{"name": "http-metrics"}]}}]}\
        """;
    private static final String PROMETHEUS = """
        {"items": [{"metadata": {"name": "k8s"}, "spec": {"podMonitorSelector": {"matchLabels":
         {"release": "prometheus"}}}}]}\
        """;
    private static final Part<JsonNode> UNREADABLE = new Part.Unreadable<>("no", "");

    private MonitoringFixtures() {}

    /// Id, how it ends, and what was seen.
    static Stream<Arguments> rows() {
        return Stream.of(monitors(), scrapes(), groups(), peaks()).flatMap(rows -> rows);
    }

    private static Stream<Arguments> monitors() {
        String other = PROMETHEUS.replace("\"release\": \"prometheus\"", "\"release\": \"other\"");
        return Stream.of(
                row("AGW1604", Status.PASS, seen("podmonitors", MONITOR)),
                row("AGW1604", Status.PASS, monitor(MONITOR, "prometheuses", PROMETHEUS)),
                row("AGW1604", Status.PASS, service(SERVICE)),
                row("AGW1604", Status.WARN, monitor(MONITOR, "prometheuses", other)),
                row("AGW1604", Status.FAIL, seen("podmonitors", MONITOR.replace("\"agw\"", "\"x\""))),
                row("AGW1604", Status.FAIL, seen("podmonitors", MONITOR.replace("\"ai\"", "\"elsewhere\""))),
                row("AGW1604", Status.FAIL, seen("podmonitors", MONITOR.replace("\"metrics\"", "\"http\""))),
                row("AGW1604", Status.FAIL, service(NONE)),
                row("AGW1604", Status.SKIP, seen("podmonitors", NONE)),
                row("AGW1604", Status.UNKNOWN, forbidden("podmonitors")));
    }

    private static Stream<Arguments> scrapes() {
        Snapshot pods = Seen.pods("up 1", "up 1");
        return Stream.of(
                row("AGW1605", Status.PASS, answer(pods, "up", up("pod-0", "1") + "," + up("pod-1", "1"))),
                row("AGW1605", Status.FAIL, answer(pods, "up", up("pod-0", "1"))),
                row("AGW1605", Status.FAIL, answer(pods, "up", up("pod-0", "1") + "," + up("pod-1", "0"))),
                row("AGW1605", Status.SKIP, answer(Seen.NOTHING, "up", "")),
                row("AGW1605", Status.UNKNOWN, unreadable("up")));
    }

    private static Stream<Arguments> groups() {
        Snapshot rules = Seen.NOTHING.with(Seen.alert("agentgateway_draining > 0"));
        return Stream.of(
                row("AGW1606", Status.PASS, rules(rules, "g", "ok")),
                row("AGW1606", Status.WARN, rules(rules, "g", "err")),
                row("AGW1606", Status.WARN, rules(rules, "other", "ok")),
                row(
                        "AGW1606",
                        Status.WARN,
                        rules(
                                Seen.NOTHING.with(
                                        List.of(new RulesFile("cr", "{\"spec\": {\"groups\": [{\"name\": \"n\"}]}}"))),
                                "g",
                                "ok")),
                row("AGW1606", Status.SKIP, rules(Seen.NOTHING, "g", "ok")),
                row("AGW1606", Status.UNKNOWN, unreadable("rules")));
    }

    private static Stream<Arguments> peaks() {
        return Stream.of(
                row("AGW1708", Status.PASS, load("79", "100")),
                row("AGW1708", Status.WARN, load("81", "100")),
                row("AGW1708", Status.UNKNOWN, load("0", "0")),
                row("AGW1708", Status.UNKNOWN, unreadable("rate")));
    }

    private static Snapshot monitor(String monitor, String other, String list) {
        return ScalingFixtures.with("podmonitors", monitor, other, list);
    }

    private static Snapshot service(String services) {
        SortedMap<String, Part<JsonNode>> objects =
                new TreeMap<>(monitor(NONE, "servicemonitors", SERVICE_MONITOR).kubernetes());
        objects.put("services", ClusterFixtures.read(services));
        return Seen.NOTHING.withKubernetes(objects);
    }

    private static String up(String pod, String value) {
        return "{\"metric\": {\"pod\": \"" + pod + "\"}, \"value\": [0, \"" + value + "\"]}";
    }

    private static Snapshot answer(Snapshot seen, String question, String series) {
        return seen.withPrometheus(new TreeMap<>(
                java.util.Map.of(question, ClusterFixtures.read("{\"data\": {\"result\": [" + series + "]}}"))));
    }

    private static Snapshot rules(Snapshot seen, String group, String health) {
        return seen.withPrometheus(new TreeMap<>(java.util.Map.of(
                "rules",
                ClusterFixtures.read("{\"data\": {\"groups\": [{\"name\": \"" + group
                        + "\", \"rules\": [{\"name\": \"A\", \"health\": \"" + health + "\"}]}]}}"))));
    }

    private static Snapshot load(String now, String peak) {
        SortedMap<String, Part<JsonNode>> answers =
                new TreeMap<>(answer(Seen.NOTHING, "rate", "{\"value\": [0, \"" + now + "\"]}")
                        .prometheus());
        answers.putAll(answer(Seen.NOTHING, "peak", "{\"value\": [0, \"" + peak + "\"]}")
                .prometheus());
        return Seen.NOTHING.withPrometheus(answers);
    }

    private static Snapshot unreadable(String question) {
        return Seen.NOTHING.withPrometheus(new TreeMap<>(java.util.Map.of(question, UNREADABLE)));
    }
}
