package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import dev.agw.testing.LoopbackPorts;
import dev.agw.testing.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Keys go where they belong, and appear nowhere.
class SecretFlowTest {
    private static final String OURS = "key-of-the-gateway";
    private static final String THEIRS = "key-of-the-client";
    private static final String AUTHORIZATION = "Authorization: Bearer " + THEIRS;

    private Simulator simulator;
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(SimulatorSettings.DEFAULT.withRecording(10));
        String base = "{host: 127.0.0.1, port: " + simulator.port();
        gateway = TestGateway.serving(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: provider}
                stringData: {Authorization: %s}
                ---
                """.formatted(OURS),
                Manifest.backend(
                        "models",
                        "ai: {llm: {openai: " + base
                                + ", authToken: {kind: SecretRef, secretRef: {name: provider}}}}}"),
                Manifest.backend("passing", "ai: {llm: {openai: " + base + ", authToken: {kind: Passthrough}}}}"),
                Manifest.backend("open", "ai: {llm: {openai: " + base + "}}}"),
                Manifest.backend(
                        "dead", "ai: {llm: " + Manifest.provider("dead", LoopbackPorts.refusing(), OURS) + "}"),
                Manifest.route(
                        "chat",
                        Manifest.rule("/v1", "models"),
                        Manifest.rule("/passing", "passing"),
                        Manifest.rule("/open", "open"),
                        Manifest.rule("/dead", "dead")));
    }

    @AfterEach
    void stop() {
        gateway.close();
        simulator.close();
    }

    private Headers seenAfter(String path) throws Exception {
        gateway.ask(Ask.post(path, "{\"model\":\"gpt-4o\",\"messages\":[]}", AUTHORIZATION, "api-key: " + THEIRS));
        return simulator.requests().seen().getLast().headers();
    }

    @Test
    void replacesTheClientsKeyByItsOwn() throws Exception {
        Headers seen = seenAfter(Ask.CHAT);

        assertThat(seen.all(HeaderName.AUTHORIZATION)).containsExactly("Bearer " + OURS);
        assertThat(seen.toString()).doesNotContain(THEIRS);
    }

    @Test
    void handsTheClientsKeyOnWhereItIsToldTo() throws Exception {
        assertThat(seenAfter("/passing" + Ask.CHAT).all(HeaderName.AUTHORIZATION))
                .containsExactly("Bearer " + THEIRS);
    }

    @Test
    void givesAProviderWithoutAKeyNone() throws Exception {
        assertThat(seenAfter("/open" + Ask.CHAT).toString()).doesNotContain(THEIRS, OURS);
    }

    @Test
    void tellsProvidersNothingOfTheClientsAddress() throws Exception {
        gateway.ask(Ask.chat("X-Forwarded-For: 9.9.9.9"));

        String seen = simulator.requests().seen().getLast().headers().toString();
        assertThat(seen).doesNotContainIgnoringCase("forwarded");
    }

    @Test
    void showsThemNowhere() throws Exception {
        String shown = answers("/v1/chat/completions?api_key=" + THEIRS)
                + answers("/dead/v1/chat/completions?api_key=" + THEIRS)
                + answers("/nowhere?api_key=" + THEIRS);
        gateway.awaitLogLine("/nowhere");

        assertThat(shown + String.join("\n", gateway.log())).doesNotContain(OURS, THEIRS);
        for (String page : new String[] {"/config", "/routes", "/pools", "/endpoints", "/"}) {
            assertThat(gateway.page("admin", page).body()).isNotEmpty().doesNotContain(OURS, THEIRS);
        }
        assertThat(gateway.page("metrics", "/metrics").body()).doesNotContain(OURS, THEIRS);
        assertThat(gateway.process().warnings().toString()).doesNotContain(OURS, THEIRS);
    }

    private String answers(String target) throws Exception {
        RawClient.Answer good = gateway.ask(Ask.post(target, "{\"model\":\"gpt-4o\",\"messages\":[]}", AUTHORIZATION));
        RawClient.Answer bad = gateway.ask(Ask.post(target, "{\"model\":" + THEIRS, AUTHORIZATION));
        return good + "\n" + bad + "\n";
    }
}
