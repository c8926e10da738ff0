package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.simulator.RequestLog;
import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import dev.agw.testing.RawClient;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nobody computes tokens for a client that has left.
class ClientGoneFlowTest {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Simulator simulator;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorSettings.DEFAULT);
        gateway = TestGateway.serving(
                Manifest.models("models", simulator.port()),
                Manifest.hosts("plain", simulator.port()),
                Manifest.route("chat", Manifest.rule("/v1", "models"), Manifest.rule("/plain", "plain")));
    }

    @AfterEach
    void stop() {
        gateway.close();
        simulator.close();
    }

    private void await(String what, Predicate<RequestLog> wanted) {
        assertThat(simulator.requests().await(wanted, LONGEST)).as(what).isTrue();
    }

    @Test
    void cancelsAStreamWhoseClientLeaves() throws Exception {
        try (RawClient client = gateway.client()) {
            client.send(Ask.stream("x-sim-token-gap: 50ms", "x-sim-tokens: 100000"))
                    .head();
            client.chunk();
            assertThat(simulator.requests().openStreams()).isEqualTo(1);
        }

        await("cancelled", log -> log.cancelled() == 1 && log.openStreams() == 0);
        assertThat(gateway.awaitLogLine("\"outcome\":\"client_gone\"")).contains("\"reason\":\"Upstream\"");
        gateway.awaitMetric(1, "agentgateway_stream_outcomes_total", "outcome=client_gone");
        gateway.awaitMetric(0, "agentgateway_requests_in_flight");
    }

    @Test
    void cancelsAStreamThatIsSilent() throws Exception {
        try (RawClient client = gateway.client()) {
            client.send(Ask.stream("x-sim-fault: stall")).head();
        }

        await("cancelled", log -> log.cancelled() == 1);
        gateway.awaitMetric(1, "agentgateway_stream_outcomes_total", "outcome=client_gone");
    }

    @Test
    void cancelsACallWhoseAnswerHasNotBegun() throws Exception {
        try (RawClient client = gateway.client()) {
            client.send(Ask.chat("x-sim-fault: hang"));
            await("called", log -> log.total() == 1);
        }

        await("cancelled", log -> log.cancelled() == 1);
        assertThat(gateway.awaitLogLine("\"outcome\":\"client_gone\"")).contains("\"status\":0");
        gateway.awaitMetric(1, "agentgateway_requests_total", "status=unknown", "route=default/chat");
    }

    @Test
    void cancelsAPlainCallToo() throws Exception {
        try (RawClient client = gateway.client()) {
            client.send(Ask.post("/plain/v1/chat/completions", "{\"model\":\"sim-hang\",\"messages\":[]}"));
            await("called", log -> log.total() == 1);
        }

        await("cancelled", log -> log.cancelled() == 1);
        gateway.awaitLogLine("\"outcome\":\"client_gone\"");
    }

    @Test
    void keepsTheConnectionOfACallThatEnded() throws Exception {
        for (int i = 0; i < 3; i++) {
            gateway.ask(Ask.stream());
        }

        assertThat(simulator.requests().openConnections()).isEqualTo(1);
        assertThat(simulator.requests().cancelled()).isZero();
    }
}
