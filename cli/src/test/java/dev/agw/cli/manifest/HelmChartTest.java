package dev.agw.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// With Helm itself, which the tests bring along for Linux on x86; elsewhere they are skipped.
class HelmChartTest {
    private static final String KUBERNETES = "1.33.0";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void needsHelm() {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        assumeTrue(system.equals("Linux amd64"), "there is no Helm for " + system);
    }

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "minimal", "everything"})
    void aChartRendersWhatTheRendererRenders(String name) throws IOException {
        Rendering rendering = rendering(name);
        write(rendering);

        assertThat(objects(template(rendering).call())).isEqualTo(objects(rendering.yaml()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "minimal", "everything"})
    void helmHasNothingToSayAgainstAChart(String name) throws IOException {
        write(rendering(name));

        LintResult lint = new Helm(folder).lint().strict().call();

        assertThat(lint.getMessages()).noneMatch(message -> message.contains("WARNING") || message.contains("ERROR"));
        assertThat(lint.isFailed()).isFalse();
    }

    @Test
    void aChartRendersALongText() throws IOException {
        String option = "-XX:OnOutOfMemoryError=" + "\"kill it\" ".repeat(20) + "\\.";
        Rendering rendering = Rendering.of("deployment: {jvm: {options: ['" + option + "']}}");
        write(rendering);

        Map<String, JsonNode> objects = objects(template(rendering).call());

        assertThat(objects).isEqualTo(objects(rendering.yaml()));
        assertThat(find(objects, "Deployment/agentgateway-proxy")
                        .at("/spec/template/spec/containers/0/env/0/value")
                        .asText())
                .endsWith(option);
    }

    @Test
    void usersOfAChartChooseItsValues() throws IOException {
        Rendering rendering = Rendering.defaults();
        write(rendering);

        Map<String, JsonNode> objects = objects(template(rendering)
                .set("name", "mine")
                .set("image", "registry.example/agw:9")
                .set("shutdown.maxSeconds", 60)
                .set("autoscaling.maxReplicas", 5)
                .call());
        JsonNode container = find(objects, "Deployment/mine").at("/spec/template/spec/containers/0");

        assertThat(container.path("image").asText()).isEqualTo("registry.example/agw:9");
        assertThat(find(objects, "HorizontalPodAutoscaler/mine")
                        .at("/spec/maxReplicas")
                        .asInt())
                .isEqualTo(5);
        assertThat(find(objects, "HorizontalPodAutoscaler/mine")
                        .at("/spec/scaleTargetRef/name")
                        .asText())
                .isEqualTo("mine");
        assertThat(find(objects, "ConfigMap/mine-settings").toString()).contains("max: \\\"60s\\\"");
    }

    @Test
    void aChangeOfAChartsSettingsReplacesPods() throws IOException {
        Rendering rendering = Rendering.defaults();
        write(rendering);

        assertThat(checksum(template(rendering).set("shutdown.maxSeconds", 60)))
                .isNotEqualTo(checksum(template(rendering)));
        assertThat(checksum(template(rendering).set("image", "agw:2"))).isEqualTo(checksum(template(rendering)));
    }

    @ParameterizedTest
    @CsvSource({
        "shutdown.maxSeconds, 120, shutdown.graceSeconds: 5 more than",
        "shutdown.minSeconds, 111, shutdown.minSeconds: at most maxSeconds",
        "autoscaling.minReplicas, 1, autoscaling.minReplicas: 2 at least",
        "autoscaling.minReplicas, 11, and at most maxReplicas",
        "disruption.maxUnavailable, 0, drains of nodes wait for ever",
        "disruption.maxUnavailable, 0%, drains of nodes wait for ever",
        "disruption.maxUnavailable, some, don't meet the specifications of the schema",
        "imgae, agw, don't meet the specifications of the schema",
    })
    void aChartRefusesValuesThatContradictEachOther(String key, String value, String problem) throws IOException {
        Rendering rendering = Rendering.defaults();
        write(rendering);
        TemplateCommand command = template(rendering).set(key, value);

        assertThatThrownBy(command::call)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"2, true", "100%, true", "51%, true", "1, false", "50%, false"})
    void aChartRefusesABudgetThatBlocksDrains(String value, boolean refused) throws IOException {
        Rendering rendering = Rendering.of("deployment: {disruption: {minAvailable: 1}}");
        write(rendering);
        TemplateCommand command = template(rendering).set("disruption.minAvailable", value);

        if (refused) {
            assertThatThrownBy(command::call).hasMessageContaining("drains of nodes wait for ever");
        } else {
            assertThat(command.call()).contains("minAvailable: " + value);
        }
    }

    private static Rendering rendering(String name) {
        return switch (name) {
            case "defaults" -> Rendering.defaults();
            case "minimal" -> Rendering.minimal();
            case "everything" -> Rendering.everything();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private void write(Rendering rendering) throws IOException {
        for (Map.Entry<String, String> file :
                new HelmChart(rendering.set().orElseThrow()).files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.getValue());
        }
    }

    private TemplateCommand template(Rendering rendering) {
        String namespace =
                String.valueOf(StrictModel.tree(rendering.manifest("deployment").plain())
                        .at("/metadata/namespace")
                        .asText());
        return new Helm(folder)
                .template()
                .withName("release")
                .withNamespace(namespace)
                .withKubeVersion(KUBERNETES);
    }

    private static String checksum(TemplateCommand command) throws IOException {
        return find(objects(command.call()), "Deployment/agentgateway-proxy")
                .at("/spec/template/metadata/annotations")
                .toString();
    }

    private static JsonNode find(Map<String, JsonNode> objects, String key) {
        return Objects.requireNonNull(objects.get(key), key);
    }

    private static Map<String, JsonNode> objects(String yaml) throws IOException {
        Map<String, JsonNode> objects = new LinkedHashMap<>();
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(yaml)) {
            for (JsonNode object : List.copyOf(documents.readAll())) {
                if (object.isObject()) {
                    objects.put(
                            object.path("kind").asText() + "/"
                                    + object.at("/metadata/name").asText(),
                            object);
                }
            }
        }
        return objects;
    }
}
