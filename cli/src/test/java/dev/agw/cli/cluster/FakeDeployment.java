package dev.agw.cli.cluster;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// A deployment of three gateways and what belongs to it, as controllers keep them: told what became of pods, it writes
/// what the API would show.
public final class FakeDeployment {
    private static final String NS = "/namespaces/ai/";
    private static final int REPLICAS = 3;

    private record Pod(int revision, boolean ready, boolean leaving, Instant since) {}

    private final FakeKubeApi api;
    private final Map<String, Pod> pods = new LinkedHashMap<>();
    private int revision = 1;

    public FakeDeployment(FakeKubeApi api) {
        this.api = api;
        IntStream.rangeClosed(1, REPLICAS).forEach(this::node);
        api.put("/apis/policy/v1" + NS + "poddisruptionbudgets", """
            {"metadata": {"name": "agw", "namespace": "ai"}, "spec": {"maxUnavailable": 1, "selector": {"matchLabels":
             {"app": "agw"}}, "unhealthyPodEvictionPolicy": "AlwaysAllow"}, "status": {"disruptionsAllowed": 1,
             "currentHealthy": 3, "desiredHealthy": 2, "expectedPods": 3}}\
            """);
        api.put("/apis/autoscaling/v2" + NS + "horizontalpodautoscalers", """
            {"metadata": {"name": "agw", "namespace": "ai"}, "spec": {"scaleTargetRef": {"kind": "Deployment", "name":
             "agw"}, "minReplicas": 3, "maxReplicas": 6}, "status": {"currentReplicas": 3, "conditions": [
             {"type": "AbleToScale", "status": "True"}, {"type": "ScalingActive", "status": "True"}]}}\
            """);
        api.put("/api/v1" + NS + "resourcequotas", """
            {"metadata": {"name": "all"}, "status": {"hard": {"pods": "20"}, "used": {"pods": "3"}}}\
            """);
        api.put("/api/v1" + NS + "secrets", """
            {"metadata": {"name": "keys"}, "data": {"openai": "c2stc2VjcmV0"}}\
            """);
        api.put("/apis/monitoring.coreos.com/v1" + NS + "podmonitors", """
            {"metadata": {"name": "agw", "namespace": "ai"}, "spec": {"selector": {"matchLabels": {"app": "agw"}},
             "podMetricsEndpoints": [{"port": "metrics"}]}}\
            """);
        publish();
    }

    private void node(int number) {
        api.put("/api/v1/nodes", """
            {"metadata": {"name": "node-%1$d", "labels": {"topology.kubernetes.io/zone": "zone-%1$d"}},
             "status": {"allocatable": {"cpu": "64", "memory": "64Gi"}}}\
            """.formatted(number));
    }

    /// Somebody applied another image: pods that begin from now on are of a new revision.
    public synchronized void changed() {
        revision++;
        publish();
    }

    /// A pod was started; its metrics are at this port of this machine.
    public synchronized void started(String pod, int metrics) {
        api.pod(pod, metrics);
        pods.put(pod, new Pod(revision, false, false, Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        publish();
    }

    public synchronized void ready(String pod) {
        change(pod, true, false);
    }

    /// It was told to end: it gets no new connections.
    public synchronized void leaving(String pod) {
        change(pod, true, true);
    }

    public synchronized void gone(String pod) {
        pods.remove(pod);
        api.remove("/api/v1" + NS + "pods", pod);
        publish();
    }

    private void change(String name, boolean ready, boolean leaving) {
        pods.computeIfPresent(name, (same, pod) -> new Pod(pod.revision, ready, leaving, pod.since));
        publish();
    }

    private void publish() {
        pods.forEach(this::publish);
        IntStream.rangeClosed(1, revision).forEach(this::publishSet);
        long ready =
                pods.values().stream().filter(pod -> pod.ready && !pod.leaving).count();
        api.put("/apis/apps/v1" + NS + "deployments", """
            {"metadata": {"name": "agw", "namespace": "ai", "labels": {"app": "agw"}, "generation": %1$d},
             "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "agw"}}, "strategy": {"type": "RollingUpdate",
             "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}, "template": {"metadata": {"labels": {"app": "agw"}},
             "spec": {"terminationGracePeriodSeconds": 30, "topologySpreadConstraints": [{"topologyKey":
             "topology.kubernetes.io/zone", "maxSkew": 1, "whenUnsatisfiable": "ScheduleAnyway"}], %2$s}}},
             "status": {"observedGeneration": %1$d, "replicas": %3$d, "updatedReplicas": %4$d, "readyReplicas": %5$d,
             "conditions": [{"type": "Progressing", "status": "True", "reason": "ReplicaSetUpdated"}]}}\
            """.formatted(
                        revision, containers(), living(0), living(revision), ready));
    }

    private static String containers() {
        return """
            "containers": [{"name": "agw", "image": "agw:1.1.0", "ports": [{"name": "metrics", "containerPort": 15020}],
             "readinessProbe": {"httpGet": {"path": "/healthz/ready"}}, "livenessProbe": {"httpGet": {"path":
             "/healthz/live"}}, "resources": {"requests": {"cpu": "8", "memory": "1Gi"}, "limits": {"cpu": "8",
             "memory": "1Gi"}}, "env": [{"name": "KEY", "valueFrom": {"secretKeyRef": {"name": "keys", "key": "openai"}}}]
             }]\
            """;
    }

    /// Pods of a revision that nobody told to end; of any for 0.
    private long living(int of) {
        return pods.values().stream()
                .filter(pod -> !pod.leaving && (of == 0 || pod.revision == of))
                .count();
    }

    private void publishSet(int number) {
        api.put("/apis/apps/v1" + NS + "replicasets", """
            {"metadata": {"name": "agw-%1$d", "labels": {"app": "agw", "pod-template-hash": "h%1$d"}, "annotations":
             {"deployment.kubernetes.io/revision": "%1$d"}, "ownerReferences": [{"kind": "Deployment", "name": "agw"}]},
             "status": {"replicas": %2$d}}\
            """.formatted(number, living(number)));
    }

    private void publish(String name, Pod pod) {
        int node = 1 + Math.floorMod(name.charAt(name.length() - 1), REPLICAS);
        api.put("/api/v1" + NS + "pods", """
            {"metadata": {"name": "%s", "namespace": "ai", "labels": {"app": "agw", "pod-template-hash": "h%d"},
             "creationTimestamp": "%s"%s}, "spec": {"nodeName": "node-%d", %s}, "status": {"phase": "Running",
             "conditions": [{"type": "Ready", "status": "%s"}], "containerStatuses": [{"name": "agw",
             "state": {"running": {}}}]}}\
            """.formatted(
                        name,
                        pod.revision,
                        pod.since,
                        pod.leaving ? ", \"deletionTimestamp\": \"" + pod.since + "\"" : "",
                        node,
                        containers(),
                        pod.ready ? "True" : "False"));
    }
}
