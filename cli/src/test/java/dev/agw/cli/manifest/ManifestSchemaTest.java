package dev.agw.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestSchemaTest {
    static Stream<Manifest> all() {
        return Stream.of(Rendering.defaults(), Rendering.minimal(), Rendering.everything())
                .flatMap(rendering -> rendering.manifests().stream());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyObjectIsOneOfKubernetesWithoutUnknownFields(Manifest manifest) {
        HasMetadata object = StrictModel.read(manifest.plain());

        assertThat(StrictModel.unknown(object)).isEmpty();
        assertThat(StrictModel.written(object)).isEqualTo(StrictModel.tree(manifest.plain()));
    }

    @Test
    void anUnknownFieldWouldBeSeen() {
        HasMetadata budget = StrictModel.read(
                Map.of("apiVersion", "policy/v1", "kind", "PodDisruptionBudget", "spec", Map.of("minAvailabel", 1)));
        HasMetadata deployment = StrictModel.read(Map.of(
                "kind",
                "Deployment",
                "spec",
                Map.of("template", Map.of("spec", Map.of("containers", List.of(Map.of("imagePolicy", "x")))))));

        assertThat(StrictModel.unknown(budget)).containsExactly("PodDisruptionBudget.spec.minAvailabel");
        assertThat(StrictModel.unknown(deployment))
                .containsExactly("Deployment.spec.template.spec.containers[].imagePolicy");
    }

    @Test
    void aWrongTypeWouldBeSeen() {
        Map<String, Object> wrong = Map.of("kind", "Deployment", "spec", Map.of("replicas", "two"));

        assertThatThrownBy(() -> StrictModel.read(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
}
