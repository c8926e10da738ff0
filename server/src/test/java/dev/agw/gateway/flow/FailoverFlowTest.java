package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.simulator.SeenRequest;
import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import dev.agw.simulator.SimulatorSettings.FaultRates;
import dev.agw.testing.LoopbackPorts;
import dev.agw.testing.RawClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// If one provider cannot answer, the next one does, and neither learns the other's key.
class FailoverFlowTest {
    private static final SimulatorSettings SETTINGS = SimulatorSettings.DEFAULT.withRecording(100);

    private Simulator sound;

    @BeforeEach
    void start() {
        sound = Simulator.start(SETTINGS);
    }

    @AfterEach
    void stop() {
        sound.close();
    }

    /// Two priority groups of one provider each.
    private TestGateway serving(int first) {
        return TestGateway.serving(
                Manifest.backend(
                        "models",
                        "ai: {priorityGroups: [{providers: [" + Manifest.provider("a", first, "key-of-a")
                                + "]}, {providers: [" + Manifest.provider("b", sound.port(), "key-of-b") + "]}]}"),
                Manifest.route("chat", Manifest.rule("/v1", "models")));
    }

    static List<FaultRates> failures() {
        return List.of(
                new FaultRates(1, 0, 0, 0, 0, 0, 0), // 429
                new FaultRates(0, 1, 0, 0, 0, 0, 0), // 500
                new FaultRates(0, 0, 1, 0, 0, 0, 0)); // 503
    }

    @ParameterizedTest
    @MethodSource("failures")
    void asksTheNextProvider(FaultRates failing) throws Exception {
        try (Simulator first = Simulator.start(SETTINGS.withFaults(failing));
                TestGateway gateway = serving(first.port())) {
            RawClient.Answer answer = gateway.ask(Ask.chat("Authorization: Bearer key-of-client"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(credentials(first)).containsExactly("Bearer key-of-a");
            assertThat(credentials(sound)).containsExactly("Bearer key-of-b");
            gateway.awaitMetric(1, "agentgateway_retries_total", "backend=default/models", "route=default/chat");
            assertThat(gateway.awaitLogLine(answer.header("x-request-id")))
                    .contains("\"endpoint\":\"127.0.0.1:" + sound.port() + "\"");
        }
    }

    private static List<String> credentials(Simulator simulator) {
        return simulator.requests().seen().stream()
                .map(SeenRequest::headers)
                .flatMap(headers -> headers.all(dev.agw.http.HeaderName.AUTHORIZATION).stream())
                .toList();
    }

    @Test
    void streamsFromTheNextProvider() throws Exception {
        try (Simulator first = Simulator.start(SETTINGS.withFaults(failures().getFirst()));
                TestGateway gateway = serving(first.port())) {
            assertThat(gateway.ask(Ask.stream()).body()).endsWith("data: [DONE]\n\n");
            gateway.awaitMetric(1, "agentgateway_llm_requests_total");
        }
    }

    @Test
    void asksTheNextProviderWhenTheFirstRefusesConnections() throws Exception {
        try (TestGateway gateway = serving(LoopbackPorts.refusing())) {
            assertThat(gateway.ask(Ask.chat()).status()).isEqualTo(200);
            assertThat(credentials(sound)).containsExactly("Bearer key-of-b");
        }
    }

    @Test
    void leavesTheSecondGroupAloneWhileTheFirstAnswers() throws Exception {
        try (Simulator first = Simulator.start(SETTINGS);
                TestGateway gateway = serving(first.port())) {
            for (int i = 0; i < 20; i++) {
                gateway.ask(Ask.chat());
            }
            assertThat(first.requests().total()).isEqualTo(20);
            assertThat(sound.requests().total()).isZero();
        }
    }

    @Test
    void handsOnWhatIsTheClientsOwnFault() throws Exception {
        try (Simulator first = Simulator.start(SETTINGS);
                TestGateway gateway = serving(first.port())) {
            assertThat(gateway.ask(Ask.chat("x-sim-status: 400")).status()).isEqualTo(400);
            assertThat(sound.requests().total()).isZero();
        }
    }

    @Test
    void handsOnTheLastRefusalWhenAllRefuse() throws Exception {
        try (TestGateway gateway = serving(sound.port())) {
            RawClient.Answer answer = gateway.ask(Ask.chat("x-sim-status: 429", "x-sim-retry-after: 30"));

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.header("retry-after")).isEqualTo("30");
            assertThat(sound.requests().total()).isEqualTo(2);
        }
    }
}
