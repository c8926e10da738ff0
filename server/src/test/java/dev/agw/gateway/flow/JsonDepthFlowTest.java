package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import dev.agw.testing.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A body for models is nested as deep as the settings allow, and no deeper.
class JsonDepthFlowTest {
    private static final String REFUSALS = "agentgateway_limit_refusals_total";

    private Simulator simulator;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorSettings.DEFAULT.withRecording(10));
        gateway = TestGateway.configured(
                "limits: {jsonDepth: 5}",
                Manifest.models("models", simulator.port()),
                Manifest.route("chat", Manifest.rule("/v1", "models")));
    }

    @AfterEach
    void stop() {
        gateway.close();
        simulator.close();
    }

    /// A chat completion of so many levels.
    private static String nested(int levels) {
        String deep = "[".repeat(levels - 1) + "]".repeat(levels - 1);
        return Ask.post(Ask.CHAT, "{\"model\":\"m\",\"messages\":[],\"metadata\":" + deep + "}");
    }

    @Test
    void takesWhatTheSettingAllows() throws Exception {
        assertThat(gateway.ask(nested(5)).status()).isEqualTo(200);
        assertThat(gateway.metrics().sum(REFUSALS)).isZero();
    }

    @Test
    void refusesWhatGoesBeyondAndCountsIt() throws Exception {
        RawClient.Answer answer = gateway.ask(nested(6));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("x-agw-reason")).isEqualTo("Internal");
        assertThat(answer.body())
                .contains("\"message\":\"the request body is nested deeper than 5 levels at byte ")
                .contains("\"type\":\"invalid_request_error\"");
        gateway.awaitMetric(1, REFUSALS, "limit=json_depth");
        gateway.awaitMetric(1, REFUSALS);
        assertThat(simulator.requests().seen()).isEmpty();
    }

    @Test
    void countsNoLimitForWhatIsNoJson() throws Exception {
        assertThat(gateway.ask(Ask.post(Ask.CHAT, "{\"model\":")).status()).isEqualTo(400);

        gateway.awaitMetric(1, "agentgateway_requests_total", "status=400");
        assertThat(gateway.metrics().sum(REFUSALS)).isZero();
    }
}
