package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// Clusters as their API tells of them, each but for one thing in good order.
final class ClusterFixtures {
    static final String DEPLOYMENT = """
        {"kind": "List", "items": [{"metadata": {"name": "agw", "namespace": "ai", "generation": 4, "managedFields": [
         {"manager": "helm", "apiVersion": "apps/v1", "fieldsV1": {"f:spec": {"f:paused": {}}}}]}, "spec": {"replicas": 3,
         "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
         "selector": {"matchLabels": {"app": "agw"}}, "template": {"metadata": {"labels": {"app": "agw"}},
         "spec": {"terminationGracePeriodSeconds": 75, "imagePullSecrets": [{"name": "registry"}],
         "volumes": [{"name": "tls", "secret": {"secretName": "tls"}}], "topologySpreadConstraints": [
         {"topologyKey": "topology.kubernetes.io/zone", "maxSkew": 1, "whenUnsatisfiable": "ScheduleAnyway"}],
         "containers": [{"name": "agw", "image": "agw:1.1.0", "ports": [{"name": "metrics", "containerPort": 15020}],
         "env": [{"name": "AGW_OPTS", "value": "-XX:ActiveProcessorCount=2"},
         {"name": "KEY", "valueFrom": {"secretKeyRef": {"name": "keys", "key": "openai"}}}],
         "resources": {"requests": {"cpu": "500m", "memory": "512Mi"}, "limits": {"memory": "512Mi"}},
         "lifecycle": {"preStop": {"exec": {"command": ["sleep", "5"]}}},
         "readinessProbe": {"httpGet": {"path": "/healthz/ready", "port": 15021}},
         "livenessProbe": {"httpGet": {"path": "/healthz/live", "port": 15021}}}]}}},
         "status": {"observedGeneration": 4, "replicas": 3, "updatedReplicas": 3, "readyReplicas": 3,
         "conditions": [{"type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable"}]}}]}\
        """;
    private static final String POD = """
        {"items": [{"metadata": {"name": "agw-1", "labels": {"app": "agw"}}, "spec": {"containers": [{"name": "agw"}]},
         "status": {"containerStatuses": [{"name": "agw", "state": {"running": {}}, "lastState": {}}]}}]}\
        """;
    static final String BUDGET = """
        {"metadata": {"name": "agw"}, "spec": {"maxUnavailable": 1, "selector": {"matchExpressions":
         [{"key": "app", "operator": "In", "values": ["agw"]}, {"key": "gone", "operator": "DoesNotExist"}]}},
         "status": {"disruptionsAllowed": 1, "currentHealthy": 3, "desiredHealthy": 2, "expectedPods": 3}}\
        """;
    static final String SCALER = """
        {"items": [{"metadata": {"name": "agw"}, "spec": {"scaleTargetRef": {"kind": "Deployment", "name": "agw"},
         "minReplicas": 3, "maxReplicas": 10}, "status": {"currentReplicas": 3, "conditions": [
         {"type": "AbleToScale", "status": "True", "reason": "ReadyForNewScale"},
         {"type": "ScalingActive", "status": "True", "reason": "ValidMetricFound"},
         {"type": "ScalingLimited", "status": "True", "reason": "TooManyReplicas"}]}}]}\
        """;
    static final String NONE = "{\"items\": []}";

    private ClusterFixtures() {}

    /// Id, how it ends, and what was seen.
    static Stream<Arguments> rows() {
        return Stream.of(workloads(), rollouts(), strategies(), budgets(), scalers(), pods())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> workloads() {
        return Stream.of(
                row("AGW1101", Status.PASS, deployment("", "")),
                row("AGW1101", Status.FAIL, seen("deployments", NONE)),
                row("AGW1101", Status.UNKNOWN, forbidden("deployments")),
                row("AGW1102", Status.PASS, deployment("", "")),
                row("AGW1102", Status.FAIL, deployment("\"readyReplicas\": 3", "\"readyReplicas\": 2")),
                row("AGW1102", Status.UNKNOWN, seen("deployments", NONE)),
                row("AGW1103", Status.PASS, deployment("", "")),
                row("AGW1103", Status.FAIL, deployment("\"readyReplicas\": 3", "\"readyReplicas\": 1")),
                row("AGW1103", Status.UNKNOWN, forbidden("deployments")),
                row("AGW1111", Status.PASS, deployment("", "")),
                row("AGW1111", Status.WARN, deployment("healthz/live", "healthz/ready")),
                row("AGW1111", Status.FAIL, deployment("readinessProbe", "startupProbe")));
    }

    private static Stream<Arguments> rollouts() {
        String late = "\"status\": \"False\", \"reason\": \"ProgressDeadlineExceeded\"";
        String good = "\"status\": \"True\", \"reason\": \"NewReplicaSetAvailable\"";
        return Stream.of(
                row("AGW1104", Status.PASS, deployment("", "")),
                row("AGW1104", Status.FAIL, deployment("\"updatedReplicas\": 3", "\"updatedReplicas\": 1")),
                row("AGW1104", Status.FAIL, deployment("\"observedGeneration\": 4", "\"observedGeneration\": 3")),
                row("AGW1104", Status.FAIL, deployment("\"replicas\": 3,\n", "\"paused\": true, \"replicas\": 3,\n")),
                row("AGW1104", Status.FAIL, deployment(good, late)),
                row("AGW2001", Status.PASS, deployment("\"updatedReplicas\": 3", "\"updatedReplicas\": 1")),
                row("AGW2001", Status.FAIL, deployment(good, late)),
                row("AGW2007", Status.PASS, deployment("", "")),
                row("AGW2007", Status.FAIL, deployment("\"readyReplicas\": 3", "\"readyReplicas\": 2")));
    }

    private static Stream<Arguments> strategies() {
        return Stream.of(
                row("AGW1109", Status.PASS, deployment("", "")),
                row("AGW1109", Status.PASS, deployment("\"maxUnavailable\": 0", "\"maxUnavailable\": \"34%\"")),
                row("AGW1109", Status.WARN, deployment("\"maxSurge\": 1", "\"maxSurge\": 0")),
                row("AGW1109", Status.FAIL, deployment("\"maxUnavailable\": 0", "\"maxUnavailable\": \"70%\"")),
                row("AGW1109", Status.FAIL, deployment("RollingUpdate", "Recreate")),
                row("AGW1207", Status.PASS, deployment("", "")),
                row("AGW1207", Status.WARN, deployment("\"sleep\", \"5\"", "\"sleep\", \"12\"")),
                row("AGW1207", Status.FAIL, deployment("PeriodSeconds\": 75", "PeriodSeconds\": 65")),
                row(
                        "AGW1207",
                        Status.FAIL,
                        deployment("\"env\": [", "\"env\": [{\"name\": \"AGW_SHUTDOWN_MAX\", \"value\": \"300s\"},")),
                row("AGW1207", Status.UNKNOWN, forbidden("deployments")));
    }

    private static Stream<Arguments> budgets() {
        return Stream.of(
                row("AGW1201", Status.PASS, budget("", "")),
                row("AGW1201", Status.WARN, budget("[\"agw\"]", "[\"other\"]")),
                row("AGW1201", Status.PASS, budget("\"agw\"}, \"spec\"", "\"agw\", \"namespace\": \"ai\"}, \"spec\"")),
                row("AGW1201", Status.WARN, budget("\"agw\"}, \"spec\"", "\"agw\", \"namespace\": \"b\"}, \"spec\"")),
                row("AGW1201", Status.UNKNOWN, forbidden("poddisruptionbudgets")),
                row("AGW1202", Status.PASS, budget("", "")),
                row("AGW1202", Status.FAIL, budget("Allowed\": 1", "Allowed\": 0")),
                row("AGW1202", Status.SKIP, seen("poddisruptionbudgets", NONE)),
                row("AGW1203", Status.PASS, budget("", "")),
                row("AGW1203", Status.WARN, budget("Allowed\": 1", "Allowed\": 2")),
                row("AGW1204", Status.PASS, budget("", "")),
                row(
                        "AGW1204",
                        Status.FAIL,
                        seen("poddisruptionbudgets", "{\"items\": [" + BUDGET + "," + BUDGET + "]}")));
    }

    private static Stream<Arguments> scalers() {
        return Stream.of(
                row("AGW1301", Status.PASS, scaler("", "")),
                row(
                        "AGW1301",
                        Status.FAIL,
                        scaler(
                                "\"True\", \"reason\": \"ValidMetricFound\"",
                                "\"False\", \"reason\": \"FailedGetResourceMetric\"")),
                row("AGW1301", Status.SKIP, scaler("\"name\": \"agw\"},", "\"name\": \"other\"},")),
                row("AGW1301", Status.SKIP, scaler("\"Deployment\"", "\"StatefulSet\"")),
                row("AGW1301", Status.UNKNOWN, forbidden("horizontalpodautoscalers")),
                row("AGW1302", Status.PASS, scaler("", "")),
                row("AGW1302", Status.WARN, scaler("currentReplicas\": 3", "currentReplicas\": 9")),
                row("AGW1302", Status.FAIL, scaler("currentReplicas\": 3", "currentReplicas\": 10")),
                row("AGW1303", Status.PASS, scaler("", "")),
                row("AGW1303", Status.WARN, scaler("\"minReplicas\": 3,", "")));
    }

    private static Stream<Arguments> pods() {
        String last = "\"lastState\": {\"terminated\": {\"exitCode\": 137, \"reason\": \"";
        return Stream.of(
                row("AGW1105", Status.PASS, pod("", "")),
                row("AGW1105", Status.WARN, pod("\"lastState\": {", last + "OOMKilled\"}")),
                row("AGW1105", Status.FAIL, pod("\"running\": {}", "\"waiting\": {\"reason\": \"CrashLoopBackOff\"}")),
                row("AGW1105", Status.UNKNOWN, forbidden("pods")),
                row("AGW2008", Status.PASS, pod("\"lastState\": {", last + "OOMKilled\"}")),
                row("AGW2008", Status.FAIL, pod("\"lastState\": {", last + "Error\"}")));
    }

    static Arguments row(String id, Status status, Snapshot seen) {
        return Arguments.of(id, status, seen);
    }

    static Snapshot deployment(String from, String to) {
        return seen("deployments", DEPLOYMENT.replace(from, to));
    }

    private static Snapshot pod(String from, String to) {
        return seen("pods", POD.replace(from, to));
    }

    private static Snapshot budget(String from, String to) {
        return seen("poddisruptionbudgets", "{\"items\": [" + BUDGET.replace(from, to) + "]}");
    }

    private static Snapshot scaler(String from, String to) {
        return seen("horizontalpodautoscalers", SCALER.replace(from, to));
    }

    static Snapshot seen(String plural, String list) {
        SortedMap<String, Part<JsonNode>> parts = new TreeMap<>(Map.of("deployments", read(DEPLOYMENT)));
        parts.put(plural, read(list));
        return Seen.NOTHING.withKubernetes(parts);
    }

    static Snapshot forbidden(String plural) {
        SortedMap<String, Part<JsonNode>> parts = new TreeMap<>(Map.of("deployments", read(DEPLOYMENT)));
        parts.put(plural, new Part.Unreadable<>("403", "a Role that may list " + plural));
        return Seen.NOTHING.withKubernetes(parts);
    }

    static Part<JsonNode> read(String list) {
        return new Part.Read<>(Seen.tree(list));
    }
}
