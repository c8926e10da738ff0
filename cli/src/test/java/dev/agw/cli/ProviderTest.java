package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.resource.Backend;
import dev.agw.resource.HttpRoute;
import dev.agw.resource.ManifestReader;
import dev.agw.resource.Manifests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProviderTest {
    private static final Map<String, String> KEYS =
            Map.of("OPENAI_API_KEY", "sk-1", "ANTHROPIC_API_KEY", "sk-2", "GEMINI_API_KEY", "sk-3");

    @Test
    void everyKeyGetsItsProviderAndTheFirstServesTheRest() {
        Manifests manifests = manifests(KEYS);

        assertThat(manifests.problems()).isEmpty();
        assertThat(manifests.resources().all(Backend.class))
                .extracting(ProviderTest::url)
                .containsExactlyInAnyOrder(
                        "https://api.openai.com:443/v1",
                        "https://api.anthropic.com:443/v1",
                        "https://generativelanguage.googleapis.com:443/v1beta/openai");
        assertThat(manifests.resources().all(HttpRoute.class).getFirst().spec().rules())
                .extracting(
                        rule -> rule.matches().getFirst().path().orElseThrow().value() + " "
                                + rule.backendRefs().getFirst().name())
                .containsExactly("/openai openai", "/anthropic anthropic", "/gemini gemini", "/ openai");
    }

    @Test
    void keysStandInNoManifest() {
        assertThat(BuiltInManifests.forKeys(8080, Provider.found(KEYS)))
                .contains("${OPENAI_API_KEY}", "${ANTHROPIC_API_KEY}", "${GEMINI_API_KEY}")
                .doesNotContain("sk-");
    }

    @Test
    void anotherServerTakesTheOneOfOpenAi() {
        assertThat(List.of("http://localhost", "http://localhost:11434/v1/", "https://models.example/a/v1"))
                .extracting(base -> url(manifests(Map.of("OPENAI_API_KEY", "sk-1", "OPENAI_BASE_URL", base))
                        .resources()
                        .all(Backend.class)
                        .getFirst()))
                .containsExactly(
                        "http://localhost:80/", "http://localhost:11434/v1", "https://models.example:443/a/v1");
    }

    @Test
    void anEmptyKeyIsNone() {
        assertThat(Provider.found(Map.of("OPENAI_API_KEY", " "))).isEmpty();
    }

    private static Manifests manifests(Map<String, String> environment) {
        String text = BuiltInManifests.forKeys(8080, Provider.found(environment));
        return new ManifestReader(environment).parse("environment", text);
    }

    private static String url(Backend backend) {
        Backend.OpenAi openAi = backend.spec()
                .ai()
                .orElseThrow()
                .groups()
                .getFirst()
                .getFirst()
                .openai()
                .orElseThrow();
        return (openAi.encryption().enabled() ? "https://" : "http://") + openAi.hostToCall() + ":"
                + openAi.portToCall() + openAi.path();
    }
}
