package dev.agw.cli.upgrade;

import static dev.agw.cli.upgrade.ClusterFixtures.NONE;
import static dev.agw.cli.upgrade.ClusterFixtures.SCALER;
import static dev.agw.cli.upgrade.ClusterFixtures.deployment;
import static dev.agw.cli.upgrade.ClusterFixtures.forbidden;
import static dev.agw.cli.upgrade.ClusterFixtures.row;
import static dev.agw.cli.upgrade.ClusterFixtures.seen;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// Autoscalers, nodes and zones.
final class ScalingFixtures {
    private static final String ZONES = """
        {"items": [{"metadata": {"name": "n1", "labels": {"topology.kubernetes.io/zone": "a"}}},
         {"metadata": {"name": "n2", "labels": {"topology.kubernetes.io/zone": "b"}}},
         {"metadata": {"name": "n3", "labels": {"topology.kubernetes.io/zone": "c"}}}]}\
        """;

    private ScalingFixtures() {}

    /// Id, how it ends, and what was seen.
    static Stream<Arguments> rows() {
        return Stream.of(fights(), metrics(), headrooms(), spreads(), constraints())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> fights() {
        String one = SCALER.substring(SCALER.indexOf('[') + 1, SCALER.lastIndexOf(']'));
        Snapshot set = with(
                "horizontalpodautoscalers",
                SCALER,
                "deployments",
                ClusterFixtures.DEPLOYMENT.replace("f:paused", "f:replicas"));
        return Stream.of(
                row("AGW1304", Status.PASS, seen("horizontalpodautoscalers", SCALER)),
                row("AGW1304", Status.WARN, set),
                row("AGW1304", Status.WARN, seen("horizontalpodautoscalers", "{\"items\": [" + one + "," + one + "]}")),
                row("AGW1304", Status.SKIP, seen("horizontalpodautoscalers", NONE)),
                row("AGW1304", Status.UNKNOWN, forbidden("horizontalpodautoscalers")));
    }

    private static Stream<Arguments> metrics() {
        String streams = "agentgateway_streams_in_flight";
        return Stream.of(
                row("AGW1305", Status.PASS, metrics("Pods", streams, "pods/" + streams)),
                row("AGW1305", Status.FAIL, metrics("Pods", streams, "pods/other")),
                row("AGW1305", Status.FAIL, metrics("Pods", "agentgateway_gone", "pods/agentgateway_gone")),
                row("AGW1305", Status.FAIL, metrics("External", "queue", "queue")),
                row("AGW1305", Status.SKIP, seen("horizontalpodautoscalers", SCALER)),
                row("AGW1305", Status.UNKNOWN, forbidden("horizontalpodautoscalers")));
    }

    private static Stream<Arguments> headrooms() {
        return Stream.of(
                row("AGW1306", Status.PASS, busy(30, 100)),
                row("AGW1306", Status.FAIL, busy(40, 100)),
                row("AGW1306", Status.FAIL, busy(30, 1201)),
                row(
                        "AGW1306",
                        Status.UNKNOWN,
                        busy(30, 100).with(Duration.ZERO, busy(30, 100).pods())),
                row("AGW1306", Status.SKIP, deployment("", "")));
    }

    private static Stream<Arguments> spreads() {
        return Stream.of("AGW1401", "AGW3005")
                .flatMap(id -> Stream.of(
                        row(id, Status.PASS, spread("n1", "n2", "n3")),
                        row(id, Status.WARN, spread("n1", "n1", "n2")),
                        row(id, id.equals("AGW1401") ? Status.FAIL : Status.WARN, spread("n1", "n1", "n1")),
                        row(id, Status.UNKNOWN, forbidden("pods"))));
    }

    private static Stream<Arguments> constraints() {
        String strict = ClusterFixtures.DEPLOYMENT.replace("ScheduleAnyway", "DoNotSchedule");
        return Stream.of(
                row("AGW1402", Status.PASS, deployment("", "")),
                row("AGW1402", Status.PASS, with("deployments", strict, "nodes", ZONES)),
                row("AGW1402", Status.WARN, with("deployments", strict, "nodes", ZONES.replace("\"c\"", "\"b\""))),
                row("AGW1402", Status.WARN, deployment("topologySpreadConstraints", "other")),
                row("AGW1402", Status.UNKNOWN, forbidden("deployments")));
    }

    private static Snapshot metrics(String type, String name, String served) {
        String metric = "\"metrics\": [{\"type\": \"" + type + "\", \"" + type.toLowerCase(java.util.Locale.ROOT)
                + "\": {\"metric\": {\"name\": \"" + name + "\"}}}], \"minReplicas\"";
        return with(
                "horizontalpodautoscalers",
                SCALER.replace("\"minReplicas\"", metric),
                "custom.metrics.k8s.io",
                "{\"resources\": [{\"name\": \"" + served + "\"}]}");
    }

    /// One pod in the place of three, that used so many seconds of CPU within the window of 30 s: half a CPU is asked
    /// for.
    private static Snapshot busy(int seconds, int streams) {
        Snapshot pods = Seen.grown(
                "process_cpu_seconds_total 100\n",
                "process_cpu_seconds_total " + (100 + seconds) + "\nagentgateway_streams_in_flight " + streams + "\n");
        return pods.withKubernetes(deployment("", "").kubernetes());
    }

    private static Snapshot spread(String... nodes) {
        StringBuilder pods = new StringBuilder();
        for (String node : nodes) {
            pods.append(pods.isEmpty() ? "" : ",")
                    .append("{\"metadata\": {\"name\": \"p\", \"labels\": {\"app\": \"agw\"}}, \"spec\":"
                            + " {\"containers\": [], \"nodeName\": \"")
                    .append(node)
                    .append("\"}}");
        }
        return with("pods", "{\"items\": [" + pods + "]}", "nodes", ZONES);
    }

    static Snapshot with(String one, String list, String other, String otherList) {
        SortedMap<String, Part<JsonNode>> objects =
                new TreeMap<>(seen(one, list).kubernetes());
        objects.put(other, ClusterFixtures.read(otherList));
        return Seen.NOTHING.withKubernetes(objects);
    }
}
