package dev.agw.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agw.resource.ManifestReader;
import dev.agw.resource.SecretValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedactedTest {
    private static final String KEY = "sk-very-secret";

    private enum Level {
        LOUD
    }

    private record Inner(String name, List<String> none) {}

    private record Outer(
            int number,
            boolean truth,
            Duration time,
            Level level,
            Optional<Inner> inner,
            Optional<Inner> absent,
            Map<String, Optional<Inner>> map) {}

    @Test
    void showsRecordsAsTheyAreWritten() {
        Inner inner = new Inner("a", List.of());
        Outer outer = new Outer(
                1,
                true,
                Duration.ofSeconds(2),
                Level.LOUD,
                Optional.of(inner),
                Optional.empty(),
                Map.of("b", Optional.of(inner)));

        assertThat(Redacted.tree(outer))
                .isEqualTo(Map.of(
                        "number",
                        1,
                        "truth",
                        true,
                        "time",
                        "PT2S",
                        "level",
                        "LOUD",
                        "inner",
                        Map.of("name", "a"),
                        "map",
                        Map.of("b", Map.of("name", "a"))));
    }

    @Test
    void leavesOutWhatIsNotThere() {
        assertThat(Redacted.tree(Optional.empty())).isNull();
        assertThat(Redacted.tree(Map.of("a", Optional.empty(), "b", 1))).isEqualTo(Map.of("b", 1));
        assertThat(Redacted.tree(List.of(Optional.of("x")))).isEqualTo(List.of("x"));
    }

    @Test
    void handsJsonOnAsItIs() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("a", 1);

        assertThat(Redacted.tree(json)).isSameAs(json);
    }

    @Test
    void showsStarsForSecretsWhereverTheyStand() {
        SecretValue secret = SecretValue.of(KEY);

        assertThat(Redacted.tree(secret)).asString().matches("\\*+");
        assertThat(Redacted.tree(Map.of("a", List.of(Optional.of(secret)))))
                .asString()
                .contains("*")
                .doesNotContain(KEY);
    }

    @Test
    void showsNoSecretOfAManifest() {
        String manifests = """
                apiVersion: v1
                kind: Secret
                metadata: {name: plain}
                stringData: {Authorization: %s}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: encoded}
                data: {Authorization: c2stdmVyeS1zZWNyZXQ=}
                ---
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: Backend
                metadata: {name: models}
                spec: {type: AI, ai: {llm: {openai: {authToken: {kind: Inline, inline: Bearer %s}}}}}
                """.formatted(KEY, KEY);
        List<?> resources = new ManifestReader(Map.of())
                .parse("test.yaml", manifests)
                .resources()
                .all();

        assertThat(resources).hasSize(3);
        assertThat(resources.stream().map(Redacted::tree).toList().toString())
                .contains("plain", "encoded", "models", "Authorization")
                .doesNotContain(KEY, "c2stdmVyeS1zZWNyZXQ");
    }
}
