package dev.agw.cli.upgrade;

import static dev.agw.cli.upgrade.ClusterFixtures.NONE;
import static dev.agw.cli.upgrade.ClusterFixtures.deployment;
import static dev.agw.cli.upgrade.ClusterFixtures.forbidden;
import static dev.agw.cli.upgrade.ClusterFixtures.row;
import static dev.agw.cli.upgrade.ClusterFixtures.seen;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// Templates of pods, and what they need around them.
final class TemplateFixtures {
    static final String SECRETS = """
        {"items": [{"metadata": {"name": "registry"}, "keys": [".dockerconfigjson"]}, {"metadata": {"name": "keys"},
         "keys": ["openai"]}, {"metadata": {"name": "tls"}, "keys": ["tls.crt"], "notAfter": "1970-06-01T00:00:00Z"}]}\
        """;
    private static final String QUOTA = """
        {"items": [{"metadata": {"name": "q"}, "status": {"hard": {"pods": "10", "requests.cpu": "2", "limits.memory":
         "4Gi"}, "used": {"pods": "3", "requests.cpu": "1500m", "limits.memory": "1536Mi"}}}]}\
        """;
    private static final String NODE = """
        {"items": [{"metadata": {"name": "n", "labels": {"karpenter.sh/capacity-type": "on-demand"}},
         "status": {"allocatable": {"cpu": "2", "memory": "4Gi"}}}]}\
        """;
    private static final String SETS = """
        {"items": [{"metadata": {"name": "agw-1", "labels": {"app": "agw", "pod-template-hash": "h1"}, "annotations":
         {"deployment.kubernetes.io/revision": "1"}, "ownerReferences": [{"kind": "Deployment", "name": "agw"}]},
         "status": {"replicas": 3}}]}\
        """;

    private TemplateFixtures() {}

    /// Id, how it ends, and what was seen.
    static Stream<Arguments> rows() {
        return Stream.of(images(), surges(), limits(), histories(), policies(), balancers(), nodes(), secrets())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> images() {
        return Stream.of(
                row("AGW1108", Status.PASS, deployment("", "")),
                row("AGW1108", Status.PASS, deployment("agw:1.1.0", "registry:5000/agw@sha256:abc")),
                row("AGW1108", Status.WARN, deployment("agw:1.1.0", "agw:latest")),
                row("AGW1108", Status.WARN, deployment("agw:1.1.0", "registry:5000/agw")),
                row("AGW1108", Status.WARN, seen("secrets", NONE)),
                row("AGW1108", Status.UNKNOWN, forbidden("deployments")));
    }

    private static Stream<Arguments> surges() {
        return Stream.of(
                row("AGW1110", Status.PASS, quota("", "", NODE)),
                row("AGW1110", Status.PASS, quota("", "", NONE)),
                row("AGW1110", Status.WARN, quota("", "", NODE.replace("4Gi", "256Mi"))),
                row("AGW1110", Status.FAIL, quota("\"1500m\"", "\"1600m\"", NODE)),
                row("AGW1110", Status.FAIL, quota("\"pods\": \"10\"", "\"pods\": \"3\"", NODE)),
                row("AGW1110", Status.UNKNOWN, forbidden("resourcequotas")));
    }

    private static Stream<Arguments> limits() {
        return Stream.of(
                row("AGW1112", Status.PASS, deployment("", "")),
                row("AGW1112", Status.PASS, deployment("\"limits\": {", "\"limits\": {\"cpu\": \"2\", ")),
                row("AGW1112", Status.WARN, deployment("-XX:ActiveProcessorCount=2", "-Xss1m")),
                row("AGW1112", Status.WARN, deployment("Count=2", "Count=2 -XX:MaxRAMPercentage=80")),
                row(
                        "AGW1112",
                        Status.WARN,
                        deployment("\"memory\": \"512Mi\"}, \"limits", "\"memory\": \"256Mi\"}, \"limits")));
    }

    private static Stream<Arguments> histories() {
        return Stream.of(
                row("AGW1113", Status.PASS, seen("replicasets", SETS)),
                row("AGW1113", Status.WARN, seen("replicasets", NONE)),
                row(
                        "AGW1113",
                        Status.WARN,
                        seen("replicasets", SETS.replace("\"name\": \"agw\"", "\"name\": \"other\""))),
                row("AGW1113", Status.UNKNOWN, forbidden("replicasets")));
    }

    private static Stream<Arguments> policies() {
        String budget = ClusterFixtures.BUDGET;
        String always = budget.replace("\"maxUnavailable\": 1,", "\"unhealthyPodEvictionPolicy\": \"AlwaysAllow\",");
        return Stream.of(
                row("AGW1205", Status.PASS, seen("poddisruptionbudgets", "{\"items\": [" + always + "]}")),
                row("AGW1205", Status.WARN, seen("poddisruptionbudgets", "{\"items\": [" + budget + "]}")),
                row("AGW1205", Status.SKIP, seen("poddisruptionbudgets", NONE)),
                row("AGW1206", Status.PASS, deployment("", "")),
                row("AGW1206", Status.UNKNOWN, forbidden("deployments")));
    }

    private static Stream<Arguments> balancers() {
        Snapshot config = Seen.config("1.2.0", List.of(), List.of());
        Snapshot patient = Seen.NOTHING.with(new ConfigReading(
                "1.2.0",
                List.of(),
                List.of(),
                List.of(),
                new Shutdown(Duration.ofSeconds(35), Duration.ofSeconds(60), Shutdown.Source.SETTINGS)));
        return Stream.of(
                row("AGW1209", Status.PASS, config),
                row(
                        "AGW1209",
                        Status.PASS,
                        patient.withKubernetes(deployment("", "").kubernetes())),
                row(
                        "AGW1209",
                        Status.WARN,
                        config.withKubernetes(deployment("", "").kubernetes())),
                row("AGW1209", Status.SKIP, deployment("", "")));
    }

    private static Stream<Arguments> nodes() {
        return Stream.of(
                row("AGW1210", Status.PASS, seen("nodes", NODE)),
                row("AGW1210", Status.WARN, seen("nodes", NODE.replace("on-demand", "spot"))),
                row("AGW1210", Status.WARN, deployment("PeriodSeconds\": 75", "PeriodSeconds\": 601")),
                row("AGW1210", Status.UNKNOWN, forbidden("deployments")));
    }

    private static Stream<Arguments> secrets() {
        return Stream.of(
                row("AGW1504", Status.PASS, seen("secrets", SECRETS)),
                row("AGW1504", Status.WARN, seen("secrets", SECRETS.replace("1970-06-01", "1970-01-15"))),
                row("AGW1504", Status.FAIL, seen("secrets", SECRETS.replace("1970-06-01", "1970-01-05"))),
                row("AGW1504", Status.FAIL, seen("secrets", SECRETS.replace("\"openai\"", "\"other\""))),
                row("AGW1504", Status.FAIL, seen("secrets", NONE)),
                row("AGW1504", Status.UNKNOWN, forbidden("secrets")));
    }

    private static Snapshot quota(String from, String to, String nodes) {
        SortedMap<String, Part<JsonNode>> objects =
                new TreeMap<>(seen("resourcequotas", QUOTA.replace(from, to)).kubernetes());
        objects.put("nodes", ClusterFixtures.read(nodes));
        return Seen.NOTHING.withKubernetes(objects);
    }
}
