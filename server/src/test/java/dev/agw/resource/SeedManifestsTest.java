package dev.agw.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.schema.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The manifests of the two guides are read as they stand.
class SeedManifestsTest {
    private static final Path FOLDER = Path.of("src/test/resources/manifests");
    private final ManifestReader reader = new ManifestReader(Map.of());

    static List<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void loadsWithoutAnError(Path file) {
        assertThat(reader.read(file).problems()).noneMatch(Problem::error);
    }

    @Test
    void thereAreManifestsToLoad() throws IOException {
        assertThat(manifests()).hasSize(23);
    }

    @Test
    void aPolicyNotYetInEffectIsOneWarningHoweverMuchItSays() {
        assertThat(warnings("optimization-response-caching.yaml"))
                .containsExactly(
                        "optimization-response-caching.yaml:8: warning: spec.targetRefs[0]: no HTTPRoute ai-system/llm-routes"
                                + " in this set; the policy has no effect on it until it is",
                        "optimization-response-caching.yaml:11: warning: spec.caching: accepted, not yet in effect");
    }

    @Test
    void allThatIsSaidOfConnectionsIsInEffect() {
        for (String file : List.of("optimization-http-2-configuration.yaml", "optimization-tcp-keepalive.yaml")) {
            assertThat(warnings(file)).singleElement().asString().contains("no Backend ai-system/openai");
        }
        assertThat(warnings("optimization-connection-pooling.yaml"))
                .extracting(line -> line.split("warning: ", 2)[1])
                .containsExactly(
                        "spec.targetRefs[0]: no Backend ai-system/openai in this set; the policy has no effect on it until"
                                + " it is");
    }

    @Test
    void parametersForTheClusterAreNoWarnings() {
        assertThat(warnings("guide-parameters-hpa.yaml")).isEmpty();
        assertThat(warnings("guide-parameters-topology.yaml")).isEmpty();
        assertThat(warnings("optimization-resource-allocation.yaml")).isEmpty();
    }

    @Test
    void shutdownIsInSeconds() {
        EnterpriseAgentgatewayParameters parameters = reader.read(FOLDER.resolve("guide-parameters-shutdown.yaml"))
                .resources()
                .find(EnterpriseAgentgatewayParameters.class, "agentgateway-system", "agentgateway-params")
                .orElseThrow();

        assertThat(parameters.spec().shutdown())
                .contains(new Parameters.Shutdown(Duration.ofSeconds(15), Duration.ofSeconds(110)));
        assertThat(parameters
                        .spec()
                        .deployment()
                        .orElseThrow()
                        .at("/spec/template/spec/terminationGracePeriodSeconds")
                        .asInt())
                .isEqualTo(120);
    }

    @Test
    void modelsAreReadGroupByGroup() {
        Backend backend = reader.read(FOLDER.resolve("optimization-cost-optimized-backend-configuration.yaml"))
                .resources()
                .find(Backend.class, "ai-system", "cost-optimized-llm")
                .orElseThrow();

        assertThat(backend.spec().ai().orElseThrow().groups())
                .extracting(group -> group.stream().map(Backend.Provider::label).toList())
                .containsExactly(
                        List.of("local-llama"), List.of("gemini-flash", "gpt-4o-mini"), List.of("claude-haiku"));
    }

    @Test
    void theWholeFolderIsReadAtOnceAndKnowsTheTwins() {
        Manifests all = reader.read(FOLDER);

        assertThat(all.problems().stream().filter(Problem::error))
                .extracting(Problem::message)
                .containsExactly(
                        "EnterpriseAgentgatewayParameters agentgateway-system/agentgateway-params is there twice",
                        "EnterpriseAgentgatewayParameters agentgateway-system/agentgateway-params is there twice",
                        "EnterpriseAgentgatewayParameters agentgateway-system/agentgateway-params is there twice",
                        "GatewayParameters ai-system/agentgateway-params is there twice");
    }

    private List<String> warnings(String name) {
        return reader.read(FOLDER.resolve(name)).problems().stream()
                .map(problem -> problem.toString().replace(FOLDER + "/", ""))
                .toList();
    }
}
