package dev.agw.cli.upgrade;

import static dev.agw.cli.upgrade.ClusterFixtures.BUDGET;
import static dev.agw.cli.upgrade.ClusterFixtures.NONE;
import static dev.agw.cli.upgrade.ClusterFixtures.SCALER;
import static dev.agw.cli.upgrade.ClusterFixtures.forbidden;
import static dev.agw.cli.upgrade.ClusterFixtures.row;
import static dev.agw.cli.upgrade.ClusterFixtures.seen;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// Revisions side by side, and what is left when one is done.
final class AfterwardsFixtures {
    private static final String SETS = "{\"items\": [" + set(1, 0) + "," + set(2, 3) + "]}";
    private static final String POD = """
        {"metadata": {"name": "agw-2-a", "labels": {"app": "agw", "pod-template-hash": "h2"},
         "creationTimestamp": "1970-01-01T02:40:00Z"}, "spec": {"containers": []}, "status": {"conditions":
         [{"type": "Ready", "status": "True"}], "containerStatuses": [{"name": "agw", "state": {"running": {}}}]}}\
        """;
    private static final String NOT_READY = POD.replace("\"True\"", "\"False\"");
    private static final Baseline BEFORE = new Baseline(
            new Baseline.Taken(Seen.AT, 3),
            new Errors(0, 0),
            Optional.empty(),
            Map.of(),
            Map.of(
                    "PodDisruptionBudget agw", "maxUnavailable 1",
                    "HorizontalPodAutoscaler agw", "minReplicas 3, maxReplicas 10"));

    private AfterwardsFixtures() {}

    /// Id, how it ends, and what was seen.
    static Stream<Arguments> rows() {
        return Stream.of(fresh(), old(), guards(), smokes()).flatMap(rows -> rows);
    }

    private static Stream<Arguments> fresh() {
        String stuck = NOT_READY.replace("\"running\": {}", "\"waiting\": {\"reason\": \"ImagePullBackOff\"}");
        return Stream.of(
                row("AGW2002", Status.PASS, pods(POD)),
                row("AGW2002", Status.PASS, pods(NOT_READY.replace("02:40:00", "02:46:00"))),
                row("AGW2002", Status.PASS, pods(stuck.replace("\"h2\"", "\"h1\""))),
                row("AGW2002", Status.FAIL, pods(NOT_READY)),
                row("AGW2002", Status.FAIL, pods(stuck)),
                row("AGW2002", Status.UNKNOWN, forbidden("pods")));
    }

    private static Stream<Arguments> old() {
        return Stream.of(
                row("AGW3008", Status.PASS, seen("replicasets", SETS)),
                row("AGW3008", Status.WARN, seen("replicasets", SETS.replace("\"replicas\": 0", "\"replicas\": 1"))),
                row("AGW3008", Status.UNKNOWN, forbidden("replicasets")));
    }

    private static Stream<Arguments> guards() {
        Part<Baseline> before = new Part.Read<>(BEFORE);
        Snapshot same = ScalingFixtures.with(
                "poddisruptionbudgets", "{\"items\": [" + BUDGET + "]}", "horizontalpodautoscalers", SCALER);
        Snapshot gone = ScalingFixtures.with("poddisruptionbudgets", NONE, "horizontalpodautoscalers", SCALER);
        return Stream.of(
                row("AGW3006", Status.PASS, same.with(before)),
                row("AGW3006", Status.FAIL, gone.with(before)),
                row("AGW3006", Status.SKIP, same),
                row("AGW3006", Status.UNKNOWN, forbidden("poddisruptionbudgets").with(before)));
    }

    private static Stream<Arguments> smokes() {
        return Stream.of(
                row("AGW3007", Status.PASS, Seen.NOTHING.withSmoke(Seen.tree("[{\"what\": \"a\", \"ok\": true}]"))),
                row(
                        "AGW3007",
                        Status.FAIL,
                        Seen.NOTHING.withSmoke(
                                Seen.tree("[{\"what\": \"a\", \"ok\": true}, {\"what\": \"b\", \"status\": 503,"
                                        + " \"ok\": false}]"))));
    }

    private static Snapshot pods(String pod) {
        return ScalingFixtures.with("pods", "{\"items\": [" + pod + "]}", "replicasets", SETS);
    }

    private static String set(int revision, int replicas) {
        return "{\"metadata\": {\"name\": \"agw-" + revision
                + "\", \"labels\": {\"app\": \"agw\", \"pod-template-hash\": \"h"
                + revision + "\"}, \"creationTimestamp\": \"1970-01-01T02:00:00Z\", \"annotations\":"
                + " {\"deployment.kubernetes.io/revision\": \"" + revision + "\"}, \"ownerReferences\":"
                + " [{\"kind\": \"Deployment\", \"name\": \"agw\"}]}, \"status\": {\"replicas\": " + replicas + "}}";
    }
}
