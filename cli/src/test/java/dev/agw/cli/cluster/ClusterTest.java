package dev.agw.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.agw.cli.upgrade.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClusterTest {
    private static final String PODS = "/api/v1/namespaces/ai/pods";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/ai/deployments";
    private static final Scope AI = new Scope("ai", Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    Path folder = Path.of("");

    private FakeKubeApi api = start();

    private static FakeKubeApi start() {
        try {
            return FakeKubeApi.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void deploy() {
        api.put(DEPLOYMENTS, """
            {"metadata": {"name": "agw", "labels": {"app": "agw"}}, "spec": {"selector": {
             "matchLabels": {"app": "agw"}, "matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["x"]}]}}}\
            """);
        for (int i = 1; i <= 5; i++) {
            pod("agw-" + i, "agw");
        }
        pod("other-1", "other");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void listsWhatTheDeploymentSelectsPageByPage() throws Exception {
        Map<String, Part<JsonNode>> objects = objects(AI);

        assertThat(names(objects.get("pods"))).containsExactly("agw-1", "agw-2", "agw-3", "agw-4", "agw-5");
        assertThat(api.asked())
                .filteredOn(path -> path.startsWith(PODS))
                .hasSize(3)
                .last()
                .asString()
                .contains("limit=500", "labelSelector=app%3Dagw%2Ctier+notin+%28x%29", "continue=4");
    }

    @Test
    void choosesTheDeploymentByNameOrLabel() throws Exception {
        api.put(DEPLOYMENTS, "{\"metadata\": {\"name\": \"other\", \"labels\": {\"app\": \"other\"}}}");

        assertThat(names(objects(AI).get("deployments"))).containsExactly("agw", "other");
        assertThat(objects(AI).get("pods"))
                .isEqualTo(new Part.Unreadable<>("there is no single deployment: see AGW1101", ""));
        assertThat(names(objects(new Scope("ai", Optional.empty(), Optional.empty(), Optional.of("agw")))
                        .get("deployments")))
                .containsExactly("agw");
        assertThat(names(objects(new Scope("ai", Optional.empty(), Optional.of("app in (other)"), Optional.empty()))
                        .get("deployments")))
                .containsExactly("other");
    }

    @Test
    void whatIsNotAllowedNamesTheRuleThatWouldLetIt() throws Exception {
        api.deny("/replicasets");
        api.deny("/nodes");
        api.deny("/proxy/");
        try (Cluster cluster = open(Optional.empty())) {
            Map<String, Part<JsonNode>> objects = cluster.objects(AI);
            Part<String> page = cluster.pages(objects.getOrDefault("pods", new Part.NotAsked<>("none")))
                    .get("agw-1");

            String rule = "add to a Role in the namespace ai: {apiGroups: [\"apps\"], resources: [replicasets], verbs:"
                    + " [list]}";
            assertThat(objects.get("replicasets"))
                    .isEqualTo(new Part.Unreadable<>("not allowed to list replicasets", rule));
            assertThat(objects.get("nodes")).isInstanceOf(Part.NotAsked.class);
            assertThat(page)
                    .isEqualTo(new Part.Unreadable<>(
                            "not allowed to get pods/proxy",
                            "add to a Role in the namespace ai: {apiGroups: [\"\"], resources: [pods/proxy],"
                                    + " verbs: [get]}"));
            assertThat(read(cluster.access()).path("denied"))
                    .extracting(JsonNode::asText)
                    .contains(rule)
                    .hasSize(2);
        }
    }

    @Test
    void aPodThatIsLeavingMayBeGoneAlready() throws Exception {
        api.put(PODS, """
                {"metadata": {"name": "agw-1", "namespace": "ai", "labels": {"app": "agw"}, "deletionTimestamp":
                 "2026-01-01T00:00:00Z"}, "status": {"phase": "Running"}}""");
        api.put(PODS, """
                {"metadata": {"name": "agw-2", "namespace": "ai", "labels": {"app": "agw"}}, "status": {"phase": "Pending"}}""");
        try (Cluster cluster = open(Optional.empty())) {
            Part<JsonNode> pods = cluster.objects(AI).getOrDefault("pods", new Part.NotAsked<>("none"));

            assertThat(cluster.pages(pods)).containsOnlyKeys("agw-3", "agw-4", "agw-5");
        }
    }

    @Test
    void podsAreAskedForTheirMetricsAtOnce() throws Exception {
        try (PatientServer gateway = new PatientServer(5);
                Cluster cluster = open(Optional.empty())) {
            for (int i = 1; i <= 5; i++) {
                api.pod("agw-" + i, gateway.port());
            }

            assertThat(cluster.pages(cluster.objects(AI).getOrDefault("pods", new Part.NotAsked<>("none"))))
                    .hasSize(5)
                    .allSatisfy((pod, page) -> assertThat(page).isInstanceOf(Part.Read.class));
            assertThat(gateway.waitedInVain()).isFalse();
        }
    }

    @Test
    void aKindThatTheClusterDoesNotServeIsNotAsked() throws Exception {
        assertThat(objects(AI).get("podmonitors"))
                .isEqualTo(new Part.NotAsked<>("the cluster serves no podmonitors at /apis/monitoring.coreos.com/v1"));
    }

    @Test
    void aClusterThatIsBusyIsAskedAgain() throws Exception {
        api.busy(1);

        assertThat(names(objects(AI).get("deployments"))).containsExactly("agw");
    }

    @Test
    void aWrongTokenAndASilentApiSaySo() throws Exception {
        try (Cluster stranger = new Access(
                        Optional.of(api.kubeconfig(folder, "wrong")), Optional.empty(), Optional.empty())
                .open(Map.of(), Optional.empty())) {
            assertThat(stranger.objects(AI).get("version"))
                    .isEqualTo(new Part.Unreadable<>(
                            "the API does not know who asks (401)", "log in anew, or choose another --context"));
        }
        try (Cluster gone = open(Optional.empty())) {
            api.close();
            Map<String, Part<JsonNode>> objects = gone.objects(AI);
            assertThat(objects.get("version"))
                    .isInstanceOfSatisfying(
                            Part.Unreadable.class,
                            part -> assertThat(part.why())
                                    .startsWith("the API did not answer: http://127.0.0.1:")
                                    .endsWith(" takes no connection"));
            assertThat(objects.get("pods")).isEqualTo(new Part.Unreadable<>("the API did not answer: see AGW1001", ""));
            assertThat(gone.access()).isInstanceOf(Part.Unreadable.class);
        }
    }

    @Test
    void actsAsSomebodyElse() throws Exception {
        try (Cluster cluster = open(Optional.of("operator"))) {
            cluster.objects(AI);
        }
        assertThat(api.asked()).allMatch(request -> request.endsWith(" as operator"));
    }

    @Test
    void trustsTheAuthorityOfTheKubeconfigAlone() throws Exception {
        try (FakeKubeApi secure = FakeKubeApi.startTls(folder)) {
            Path file = secure.kubeconfig(folder);
            try (Cluster cluster = open(file)) {
                assertThat(read(cluster.objects(AI).get("version"))
                                .path("minor")
                                .asText())
                        .isEqualTo("31");
            }
            Files.writeString(file, Files.readString(file).replaceAll(", certificate-authority-data: [^}]*", ""));
            try (Cluster distrustful = open(file)) {
                assertThat(distrustful.objects(AI).get("version")).isInstanceOf(Part.Unreadable.class);
            }
        }
    }

    @Test
    void keepsNoSecretAndNoValueOfAVariable() throws Exception {
        api.put("/api/v1/namespaces/ai/secrets", """
            {"metadata": {"name": "tls"}, "type": "kubernetes.io/tls", "data": {"tls.key": "c2VjcmV0", "tls.crt": "%s"}}
            """.formatted(
                        FakeTls.in(folder).certificate()));
        api.put("/api/v1/namespaces/ai/configmaps", "{\"metadata\": {\"name\": \"c\"}, \"data\": {\"a\": \"secret\"}}");
        api.put(DEPLOYMENTS, """
            {"metadata": {"name": "agw", "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "secret"}},
             "spec": {"template": {"spec": {"containers": [{"env": [{"name": "KEY", "value": "secret"},
             {"name": "AGW_OPTS", "value": "-Xmx1g"}]}]}}}}\
            """);

        Map<String, Part<JsonNode>> objects = objects(AI);

        assertThat(objects.toString()).doesNotContain("secret\"", "c2VjcmV0").contains("-Xmx1g");
        JsonNode secret = read(objects.get("secrets")).path("items").get(0);
        assertThat(secret.path("keys")).extracting(JsonNode::asText).containsExactlyInAnyOrder("tls.key", "tls.crt");
        assertThat(Duration.between(
                                Instant.now(),
                                Instant.parse(secret.path("notAfter").asText()))
                        .toDays())
                .isBetween(18L, 20L);
    }

    @Test
    void aFileOrContextThatIsNotThereIsRefused() {
        Access file = new Access(Optional.of(folder.resolve("none")), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> file.open(Map.of(), Optional.empty())).isInstanceOf(AccessException.class);
        assertThatThrownBy(() -> new Access(
                                Optional.of(api.kubeconfig(folder)), Optional.of("elsewhere"), Optional.empty())
                        .open(Map.of(), Optional.empty()))
                .isInstanceOf(AccessException.class)
                .hasMessageContaining("elsewhere");
    }

    @Test
    void findsAClusterWhereKubectlWould() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home/.kube"));
        Optional<String> ofHome = Optional.of(folder.resolve("home").toString());

        assertThat(Access.found(Map.of(), ofHome)).isFalse();
        Files.move(api.kubeconfig(folder), home.resolve("config"));
        assertThat(Access.found(Map.of(), ofHome)).isTrue();
        assertThat(Access.found(Map.of("KUBECONFIG", "/none"), ofHome)).isFalse();
        assertThat(Access.found(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"), Optional.empty()))
                .isTrue();
    }

    private void pod(String name, String app) {
        api.put(
                PODS,
                "{\"metadata\": {\"name\": \"" + name + "\", \"namespace\": \"ai\", \"labels\": {\"app\": \"" + app
                        + "\"}}, \"spec\": {}, \"status\": {\"phase\": \"Running\"}}");
    }

    private Cluster open(Optional<String> as) throws IOException {
        return new Access(Optional.of(api.kubeconfig(folder)), Optional.empty(), as).open(Map.of(), Optional.empty());
    }

    private static Cluster open(Path kubeconfig) {
        return new Access(Optional.of(kubeconfig), Optional.empty(), Optional.empty()).open(Map.of(), Optional.empty());
    }

    private Map<String, Part<JsonNode>> objects(Scope scope) throws Exception {
        try (Cluster cluster = open(Optional.empty())) {
            return cluster.objects(scope);
        }
    }

    private static JsonNode read(@Nullable Part<JsonNode> part) {
        assertThat(part).isInstanceOf(Part.Read.class);
        return part instanceof Part.Read<JsonNode>(JsonNode read) ? read : MissingNode.getInstance();
    }

    private static List<String> names(@Nullable Part<JsonNode> part) {
        return read(part).path("items").findValuesAsText("name").stream()
                .distinct()
                .toList();
    }
}
