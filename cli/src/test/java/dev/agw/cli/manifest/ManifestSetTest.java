package dev.agw.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agw.resource.ManifestReader;
import dev.agw.resource.Manifests;
import dev.agw.settings.AgwSettings;
import dev.agw.settings.LoadedSettings;
import dev.agw.settings.SettingsReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestSetTest {
    static Stream<Rendering> renderings() {
        return Stream.of(Rendering.defaults(), Rendering.minimal(), Rendering.everything());
    }

    @Test
    void theDefaultsAreRenderedAsTheyAlwaysWere() {
        assertThat(Rendering.defaults().yaml()).isEqualTo(Rendering.text("defaults.yaml"));
    }

    @Test
    void aMinimalSetIsRenderedAsItAlwaysWas() {
        assertThat(Rendering.minimal().yaml()).isEqualTo(Rendering.text("minimal.yaml"));
    }

    @Test
    void aSetWithEverythingIsRenderedAsItAlwaysWas() {
        assertThat(Rendering.everything().yaml()).isEqualTo(Rendering.text("everything.yaml"));
    }

    @Test
    void parametersAreRenderedAsTheyAlwaysWere() {
        assertThat(Rendering.of("", "enterprise-parameters", "gateway-parameters")
                        .yaml())
                .isEqualTo(Rendering.text("parameters.yaml"));
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void everythingBelongsTogetherByItsLabels(Rendering rendering) {
        JsonNode selector = tree(rendering.manifest("deployment")).at("/spec/selector/matchLabels");

        assertThat(selector.properties()).extracting(Map.Entry::getKey).doesNotContain("app.kubernetes.io/version");
        assertThat(selector.properties()).hasSizeGreaterThan(1);
        for (Manifest manifest : rendering.manifests()) {
            JsonNode labels = tree(manifest).at("/metadata/labels");
            assertThat(labels.properties()).as(manifest.file()).containsAll(selector.properties());
            assertThat(labels.path("app.kubernetes.io/managed-by").asText()).isEqualTo("agw");
            assertThat(tree(manifest).at("/metadata/annotations").toString())
                    .contains("\"agw.dev/rendered-by\":\"1.2.3\"");
        }
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void serverSideApplyLeavesToOthersWhatIsNotSaid(Rendering rendering) {
        for (Manifest manifest : rendering.manifests()) {
            List<JsonNode> nodes = new ArrayList<>();
            collect(tree(manifest), nodes);
            assertThat(nodes).as(manifest.file()).noneMatch(JsonNode::isNull);
            assertThat(nodes)
                    .as("every port with its protocol, in " + manifest.file())
                    .filteredOn(node ->
                            node.has("containerPort") || node.path("port").isInt())
                    .allMatch(node -> node.has("protocol"));
            assertThat(tree(manifest).has("status")).isFalse();
            assertThat(tree(manifest).at("/metadata/creationTimestamp").isMissingNode())
                    .isTrue();
        }
    }

    @Test
    void theNumberOfGatewaysIsTheAutoscalersWhereThereIsOne() {
        assertThat(tree(Rendering.defaults().manifest("deployment"))
                        .at("/spec/replicas")
                        .isMissingNode())
                .isTrue();
        assertThat(tree(Rendering.minimal().manifest("deployment"))
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aGatewayHasTheTimeToEndThatItsSettingsTakeAndNoMoreMemoryThanIsReserved() {
        JsonNode pod = tree(Rendering.defaults().manifest("deployment")).at("/spec/template/spec");
        AgwSettings settings = settings(Rendering.defaults());

        assertThat(settings.shutdown().min()).isEqualTo(Duration.ofSeconds(15));
        assertThat(pod.path("terminationGracePeriodSeconds").asLong())
                .isGreaterThanOrEqualTo(settings.shutdown().max().toSeconds()
                        + pod.at("/containers/0/lifecycle/preStop/sleep/seconds")
                                .asLong()
                        + 5);
        assertThat(pod.at("/containers/0/resources/limits/memory"))
                .isEqualTo(pod.at("/containers/0/resources/requests/memory"));
    }

    @Test
    void aGatewayReadsTheSettingsAndManifestsThatTheConfigMapsHold() {
        Rendering all = Rendering.everything();
        AgwSettings settings = settings(all);
        JsonNode files = tree(all.manifest("resources")).path("data");

        assertThat(settings.resources().path()).isEqualTo("/etc/agw/resources");
        assertThat(settings.shutdown().max()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.limits().bodyBytes()).isEqualTo(20 << 20);
        assertThat(files.properties()).hasSize(2);
        assertThat(files.path("gateway.yaml").asText()).isEqualTo(Rendering.text("config/resources/gateway.yaml"));
        assertThat(files.path("providers.openai.json").asText())
                .isEqualTo(Rendering.text("config/resources/providers/openai.json"));
    }

    @Test
    void agwReadsTheParametersThatItRenders() {
        for (String values :
                List.of("", "deployment: {autoscaling: {enabled: false}, placement: {onePerNode: true}}")) {
            String yaml = Rendering.of(values, "enterprise-parameters", "gateway-parameters")
                    .yaml();
            Manifests read = new ManifestReader(Map.of()).parse("rendered.yaml", yaml);

            assertThat(read.problems()).isEmpty();
            assertThat(read.resources().all()).hasSize(2);
        }
    }

    @Test
    void theParametersSayWhatTheDeploymentSays() {
        JsonNode parameters = tree(Rendering.of("", "enterprise-parameters").manifest("enterprise-parameters"));
        Rendering objects = Rendering.defaults();
        JsonNode pod = tree(objects.manifest("deployment")).at("/spec/template/spec");

        assertThat(parameters.at("/spec/deployment/spec/template/spec/topologySpreadConstraints"))
                .isEqualTo(pod.path("topologySpreadConstraints"));
        assertThat(parameters.at("/spec/resources")).isEqualTo(pod.at("/containers/0/resources"));
        assertThat(parameters.at("/spec/horizontalPodAutoscaler/spec/behavior"))
                .isEqualTo(tree(objects.manifest("hpa")).at("/spec/behavior"));
        assertThat(parameters.at("/spec/podDisruptionBudget/spec/maxUnavailable"))
                .isEqualTo(tree(objects.manifest("pdb")).at("/spec/maxUnavailable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hpa", "HorizontalPodAutoscaler", "HPA"})
    void objectsAreAskedForByNameKindOrFile(String name) {
        assertThat(Rendering.of("", name).manifests())
                .extracting(Manifest::kind)
                .containsExactly("HorizontalPodAutoscaler");
    }

    @Test
    void whatThereIsNotIsToldWithWhatThereIs() {
        assertThat(Rendering.of("", "pbd").errors())
                .singleElement()
                .asString()
                .contains("there is no \"pbd\"; did you mean \"pdb\"?", "enterprise-parameters");
        assertThat(Rendering.of("deployment: {autoscaling: {enabled: false}}", "hpa")
                        .errors())
                .singleElement()
                .asString()
                .contains("there is no \"hpa\"; it is switched off");
    }

    @Test
    void parametersNeverComeBesideWhatAControllerMakesOfThem() {
        assertThat(Rendering.of("", "deployment", "enterprise-parameters").errors())
                .singleElement()
                .asString()
                .contains("it would be there twice");
    }

    @Test
    void aChangeOfSettingsReplacesPodsAndOneOfManifestsDoesNot() {
        ConfigFolder none = ConfigFolder.none();
        ConfigFolder more = new ConfigFolder(
                none.settings(), Map.of("a.yaml", "# nothing\n"), none.documents(), none.resources(), List.of());
        String before = checksum(Rendering.defaults());

        assertThat(checksum(Rendering.of("", more, new ArrayList<>()))).isEqualTo(before);
        assertThat(checksum(Rendering.of("deployment: {shutdown: {max: 100s}}")))
                .isNotEqualTo(before);
        assertThat(before).matches("[0-9a-f]{64}");
    }

    @Test
    void theRoleOfUpgradeChecksOnlyReads() {
        Set<String> verbs = Set.of("get", "list");

        for (Manifest manifest : Rendering.everything().manifests()) {
            for (JsonNode rule : tree(manifest).path("rules")) {
                rule.path("verbs").forEach(verb -> assertThat(verb.asText()).isIn(verbs));
                assertThat(rule.path("resources").toString()).doesNotContain("secrets", "*");
            }
        }
        assertThat(tree(Rendering.defaults().manifest("check-upgrade-role")).toString())
                .contains("pods/proxy");
        assertThat(tree(Rendering.everything().manifest("check-upgrade-role")).toString())
                .doesNotContain("pods/proxy");
    }

    @Test
    void jsonSaysTheSame() throws JsonProcessingException {
        Rendering all = Rendering.everything();
        JsonNode list =
                new ObjectMapper().readTree(new ManifestText(all.set().orElseThrow()).stream(ManifestText.Form.json));

        assertThat(list.path("kind").asText()).isEqualTo("List");
        assertThat(list.path("items")).hasSameSizeAs(all.manifests());
        assertThat(list.at("/items/0")).isEqualTo(tree(all.manifests().getFirst()));
    }

    private static String checksum(Rendering rendering) {
        return tree(rendering.manifest("deployment"))
                .at("/spec/template/metadata/annotations")
                .path("checksum/config")
                .asText();
    }

    private static AgwSettings settings(Rendering rendering) {
        String text = tree(rendering.manifest("settings"))
                .path("data")
                .path("agw.yaml")
                .asText();
        LoadedSettings loaded = new SettingsReader(Map.of(), Map.of()).parse("agw.yaml", text);
        assertThat(loaded.problems()).isEmpty();
        return Optional.of(loaded).flatMap(LoadedSettings::settings).orElseThrow();
    }

    private static JsonNode tree(Manifest manifest) {
        return StrictModel.tree(manifest.plain());
    }

    private static void collect(JsonNode node, List<JsonNode> all) {
        all.add(node);
        node.forEach(inner -> collect(inner, all));
    }
}
