package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.simulator.RequestLog;
import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import dev.agw.testing.FrameClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Chats over HTTP/2: each on its stream, ended with its stream.
class Http2FlowTest {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Simulator simulator;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorSettings.DEFAULT);
        gateway = TestGateway.serving(
                Manifest.models("models", simulator.port()), Manifest.route("chat", Manifest.rule("/v1", "models")));
    }

    @AfterEach
    void stop() {
        gateway.close();
        simulator.close();
    }

    private static void ask(FrameClient client, int stream, boolean streamed, String... fields) throws IOException {
        String body = "{\"model\":\"gpt-4o\",\"stream\":" + streamed
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
        client.post(stream, Ask.CHAT, fields)
                .send(FrameClient.DATA, FrameClient.END_STREAM, stream, body.getBytes(StandardCharsets.UTF_8));
    }

    private void await(String what, Predicate<RequestLog> wanted) {
        assertThat(simulator.requests().await(wanted, LONGEST)).as(what).isTrue();
    }

    @Test
    void answersWholeAndStreamed() throws Exception {
        try (FrameClient client = FrameClient.connect(gateway.port())) {
            ask(client, 1, false);
            assertThat(client.body(1)).contains("\"chat.completion\"");
            ask(client, 3, true);
            assertThat(client.body(3)).contains("data: ").endsWith("data: [DONE]\n\n");
        }
        gateway.awaitMetric(2, "agentgateway_requests_total", "status=200");
        assertThat(gateway.awaitLogLine("\"status\":200")).contains("HTTP/2");
    }

    @Test
    void cancelsTheCallOfAStreamThatIsReset() throws Exception {
        try (FrameClient client = FrameClient.connect(gateway.port())) {
            ask(client, 1, true, "x-sim-token-gap", "50ms", "x-sim-tokens", "100000");
            client.next(FrameClient.DATA);
            client.sendNumber(FrameClient.RST_STREAM, 1, 8);

            await("cancelled", log -> log.cancelled() == 1 && log.openStreams() == 0);
            gateway.awaitMetric(1, "agentgateway_stream_outcomes_total", "outcome=client_gone");
            ask(client, 3, false);
            assertThat(client.body(3)).contains("\"chat.completion\"");
        }
    }

    @Test
    void cancelsAllCallsOfAConnectionThatEnds() throws Exception {
        try (FrameClient client = FrameClient.connect(gateway.port())) {
            ask(client, 1, true, "x-sim-fault", "stall");
            ask(client, 3, false, "x-sim-fault", "hang");
            await("called", log -> log.total() == 2);
        }
        await("cancelled", log -> log.cancelled() == 2);
        gateway.awaitMetric(0, "agentgateway_requests_in_flight");
        gateway.awaitMetric(0, "agentgateway_tokio_num_alive_tasks");
    }
}
