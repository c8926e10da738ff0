package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agw.cli.cluster.FakeKubeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CheckClusterCommandTest {
    private static final String APPS = "/apis/apps/v1/namespaces/ai/";
    private static final String CORE = "/api/v1/namespaces/ai/";
    private static final Map<String, String> FREE_PORTS = Map.of(
            "AGW_ADMIN_ADDRESS", "127.0.0.1:0",
            "AGW_METRICS_ADDRESS", "127.0.0.1:0",
            "AGW_READINESS_ADDRESS", "127.0.0.1:0",
            "AGW_SHUTDOWN_MIN", "0s");

    @TempDir
    Path folder = Path.of("");

    @Test
    void judgesTheClusterOfTheKubeconfigAndItsPodsAndLaterADump() throws Exception {
        try (Running gateway = new Running(FREE_PORTS, "/metrics |", "serve", "--demo", "--port=0");
                FakeKubeApi api = cluster()) {
            api.pod("agw-1", Running.port(gateway.greeting(), "metrics"));
            String kubeconfig = api.kubeconfig(folder).toString();

            Outcome seen = check("--kubeconfig", kubeconfig, "-o", "json");
            Outcome dumped = Outcome.of("dump", "-o", folder + "/seen", "--window=0s", "--kubeconfig", kubeconfig);

            assertThat(statuses(seen))
                    .containsAllEntriesOf(Map.of(
                            "AGW1001", "pass",
                            "AGW1003", "pass",
                            "AGW1101", "pass",
                            "AGW1106", "pass",
                            "AGW1504", "fail",
                            "AGW1602", "fail",
                            "AGW1703", "pass",
                            "AGW1604", "skip"));
            assertThat(seen.exitCode()).isEqualTo(1);
            assertThat(dumped.exitCode()).isZero();
            assertThat(statuses(check("--from-dump", folder + "/seen", "-o", "json")))
                    .isEqualTo(statuses(seen));
            assertThat(everything(folder.resolve("seen")))
                    .doesNotContain("sk-secret")
                    .contains("\"agw-1\"");
        }
    }

    @Test
    void asksTheClusterThatKubectlWouldAskIfNothingIsNamed() throws Exception {
        try (FakeKubeApi api = cluster()) {
            Map<String, String> environment =
                    Map.of("KUBECONFIG", api.kubeconfig(folder).toString());

            Outcome seen = Outcome.of(environment, "check-upgrade", "--window=0s", "-o", "json");

            assertThat(statuses(seen)).containsEntry("AGW1101", "pass").containsEntry("AGW1106", "unknown");
        }
    }

    @Test
    void valuesNameTheDeploymentAndWhatItIsComparedWith() throws Exception {
        Path values = Files.writeString(folder.resolve("values.yaml"), """
            naming: {name: agw, namespace: ai}
            deployment: {shutdown: {gracePeriod: 200s, preStop: 0s}}
            """);
        try (FakeKubeApi api = cluster()) {
            api.put(APPS + "deployments", "{\"metadata\": {\"name\": \"other\"}}");
            String kubeconfig = api.kubeconfig(folder).toString();

            Outcome with = check("--kubeconfig", kubeconfig, "--values", values.toString(), "-o", "json");
            Outcome without = check("--kubeconfig", kubeconfig, "-o", "json");

            assertThat(statuses(with)).containsEntry("AGW1101", "pass").containsEntry("AGW1207", "warn");
            assertThat(with.out()).contains("as the values render it: a grace period of 200 s, preStop of 0 s");
            assertThat(statuses(without)).containsEntry("AGW1101", "fail").containsEntry("AGW1207", "unknown");
        }
    }

    @Test
    void anApiThatIsSilentFailsOneCheckAndTheRestDoNotKnow() throws Exception {
        FakeKubeApi api = cluster();
        String kubeconfig = api.kubeconfig(folder).toString();
        api.close();

        Map<String, String> seen = statuses(check("--kubeconfig", kubeconfig, "-o", "json"));

        assertThat(seen).containsEntry("AGW1001", "fail");
        seen.remove("AGW1001");
        assertThat(seen.values()).isSubsetOf("unknown", "skip");
        assertThat(seen).containsEntry("AGW1102", "unknown").containsEntry("AGW1504", "unknown");
    }

    @Test
    void whatMayNotBeReadIsUnknownWithItsRule() throws Exception {
        try (FakeKubeApi api = cluster()) {
            api.deny("poddisruptionbudgets");

            Outcome seen = check(
                    "--kubeconfig", api.kubeconfig(folder).toString(), "--only", "AGW1003,AGW1201", "-o", "short");

            assertThat(seen.exitCode()).isEqualTo(3);
            assertThat(seen.out()).startsWith("""
                ? AGW1003 permissions
                    kinds of objects that could not be read: 1
                    - add to a Role in the namespace ai: {apiGroups: ["policy"], resources: [poddisruptionbudgets], verbs: [list]}
                    see:      agw check-upgrade --explain AGW1003
                ? AGW1201 pdb-exists
                    not allowed to list poddisruptionbudgets
                """);
        }
    }

    @Test
    void aKubeconfigOrValuesThatAreWrongAreRefused() throws IOException {
        Path values = Files.writeString(folder.resolve("values.yaml"), "upgrade: {traffic: {errors: 5s}}");

        assertThat(check("--kubeconfig", folder + "/none").exitCode()).isEqualTo(2);
        Outcome wrong = check("--values", values.toString(), "--metrics-url", "http://127.0.0.1:1/metrics");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("values.yaml:1: upgrade.traffic: expected of errors a share such as 5%, found \"5s\"");
    }

    private static FakeKubeApi cluster() throws IOException {
        FakeKubeApi api = FakeKubeApi.start();
        api.put(APPS + "deployments", """
            {"metadata": {"name": "agw", "namespace": "ai"}, "spec": {"replicas": 1, "selector": {"matchLabels":
             {"app": "agw"}}, "template": {"metadata": {"labels": {"app": "agw"}}, "spec":
             {"terminationGracePeriodSeconds": 125, "containers": [{"name": "agw", "env": [
             {"name": "KEY", "value": "sk-secret"},
             {"name": "OTHER", "valueFrom": {"secretKeyRef": {"name": "keys", "key": "none"}}}]}]}}},
             "status": {"readyReplicas": 1}}\
            """);
        api.put(CORE + "pods", """
            {"metadata": {"name": "agw-1", "namespace": "ai", "labels": {"app": "agw"}},
             "spec": {"containers": [{"name": "agw"}]}, "status": {"phase": "Running"}}\
            """);
        api.put(CORE + "secrets", """
            {"metadata": {"name": "keys"}, "data": {"openai": "c2stc2VjcmV0"}}\
            """);
        api.put("/apis/monitoring.coreos.com/v1/namespaces/ai/prometheusrules", """
            {"metadata": {"name": "r", "namespace": "ai"}, "spec": {"groups": [{"name": "g", "rules": [
             {"alert": "A", "expr": "agentgateway_never > 0"}]}]}}\
            """);
        for (String empty : List.of(
                "/apis/policy/v1/namespaces/ai/poddisruptionbudgets",
                "/apis/monitoring.coreos.com/v1/namespaces/ai/podmonitors")) {
            api.put(empty, "{\"metadata\": {\"name\": \"none\"}}");
            api.remove(empty, "none");
        }
        return api;
    }

    private static Outcome check(String... arguments) {
        return Outcome.of(Stream.concat(Stream.of("check-upgrade", "--window=0s"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static Map<String, String> statuses(Outcome outcome) throws IOException {
        Map<String, String> statuses = new TreeMap<>();
        for (JsonNode check : new ObjectMapper().readTree(outcome.out()).path("checks")) {
            statuses.put(check.path("id").asText(), check.path("status").asText());
        }
        return statuses;
    }

    private static String everything(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
