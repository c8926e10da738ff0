package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import dev.agw.testing.RawClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens, bytes and times are counted in passing, whatever form the answer has.
class MeteringFlowTest {
    private static final String TOKENS = "agentgateway_llm_tokens_total";
    private static final String REQUESTS = "agentgateway_llm_requests_total";
    private static final String FIRST_TOKEN = "agentgateway_gen_ai_server_time_to_first_token_count";
    private static final String PER_TOKEN = "agentgateway_gen_ai_server_time_per_output_token_count";
    private static final String USAGE = "agentgateway_gen_ai_client_token_usage_sum";
    private static final String MODEL = "model=gpt-4o";

    private Simulator simulator;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorSettings.DEFAULT);
        gateway = TestGateway.serving(
                Manifest.models("models", simulator.port()),
                Manifest.route("chat", Manifest.rule("/v1", "models")),
                Manifest.policy("chat", "timeouts: {streamIdle: 200ms, firstToken: 300ms}"));
    }

    @AfterEach
    void stop() {
        gateway.close();
        simulator.close();
    }

    @Test
    void countsTheTokensOfAWholeAnswer() throws Exception {
        RawClient.Answer answer = gateway.ask(Ask.chat());

        gateway.awaitMetric(24, TOKENS, "direction=output", "provider=openai", MODEL);
        Samples metrics = gateway.metrics();
        assertThat(metrics.sum(TOKENS, "direction=input", MODEL)).isPositive();
        assertThat(metrics.sum(REQUESTS, "provider=openai", MODEL)).isEqualTo(1);
        assertThat(metrics.sum(USAGE, "gen_ai_token_type=output", "gen_ai_response_model=gpt-4o"))
                .isEqualTo(24);
        assertThat(metrics.sum("agentgateway_response_bytes_total", "reason=Upstream"))
                .isEqualTo(answer.body().length());
        assertThat(metrics.sum(FIRST_TOKEN)).isZero();
    }

    @Test
    void countsAStreamWhoseClientDidNotAskForUsage() throws Exception {
        RawClient.Answer answer = gateway.ask(Ask.stream());

        assertThat(answer.body()).doesNotContain("usage").endsWith("data: [DONE]\n\n");
        gateway.awaitMetric(24, TOKENS, "direction=output", MODEL);
        assertThat(gateway.metrics().sum(FIRST_TOKEN, "gen_ai_request_model=gpt-4o"))
                .isEqualTo(1);
        assertThat(gateway.metrics().sum(PER_TOKEN, "gen_ai_request_model=gpt-4o"))
                .isEqualTo(1);
        assertThat(gateway.awaitLogLine(answer.header("x-request-id")))
                .contains("\"gen_ai.output_tokens\":24")
                .contains("\"ttft_ms\":");
    }

    @Test
    void leavesTheUsageToAClientThatAskedForIt() throws Exception {
        RawClient.Answer answer = gateway.ask(Ask.countedStream());

        assertThat(answer.body()).contains("\"usage\":{").contains("\"completion_tokens\":24");
        gateway.awaitMetric(24, TOKENS, "direction=output", MODEL);
    }

    @Test
    void readsTokensFromACompressedAnswer() throws Exception {
        assertThat(unpacked(false)).contains("\"completion_tokens\":24");
        gateway.awaitMetric(24, TOKENS, "direction=output", MODEL);
    }

    @Test
    void readsTheFirstTokenFromACompressedStream() throws Exception {
        assertThat(unpacked(true)).endsWith("data: [DONE]\n\n");
        gateway.awaitMetric(1, FIRST_TOKEN, "gen_ai_request_model=gpt-4o");
    }

    private String unpacked(boolean stream) throws Exception {
        String body = "{\"model\":\"gpt-4o\",\"stream\":" + stream
                + ",\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + Ask.CHAT))
                            .header("x-sim-encoding", "gzip")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
            return text(answer.body());
        }
    }

    private static String text(byte[] packed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @Test
    void countsConnectionsAndWhatPassesThem() throws Exception {
        String request = Ask.chat();
        try (RawClient client = gateway.client()) {
            client.send(request).answer();
            gateway.awaitMetric(1, "agentgateway_active_connections", "protocol=http");
        }

        gateway.awaitMetric(0, "agentgateway_active_connections", "protocol=http");
        Samples metrics = gateway.metrics();
        assertThat(metrics.sum("agentgateway_downstream_connections_total", "listener=http"))
                .isEqualTo(1);
        assertThat(metrics.sum("agentgateway_downstream_received_bytes_total")).isEqualTo(request.length());
        assertThat(metrics.sum("agentgateway_downstream_sent_bytes_total")).isGreaterThan(500);
        assertThat(metrics.sum("agentgateway_upstream_connect_duration_seconds_count"))
                .isEqualTo(1);
        assertThat(metrics.sum("agentgateway_upstream_first_byte_duration_seconds_count", "backend=default/models"))
                .isEqualTo(1);
    }

    @Test
    void showsWhatIsUnderWay() throws Exception {
        try (RawClient client = gateway.client()) {
            client.send(Ask.stream("x-sim-token-gap: 50ms", "x-sim-tokens: 100000"))
                    .head();
            gateway.awaitMetric(1, "agentgateway_requests_in_flight");
            gateway.awaitMetric(1, "agentgateway_streams_in_flight");
        }
        gateway.awaitMetric(0, "agentgateway_requests_in_flight");
        gateway.awaitMetric(0, "agentgateway_streams_in_flight");
    }

    @Test
    void tellsHowStreamsEnded() throws Exception {
        gateway.ask(Ask.stream());
        awaitOutcome("completed");

        gateway.ask(Ask.stream("x-sim-fault: truncate"));
        awaitOutcome("upstream_abort");

        gateway.ask(Ask.stream("x-sim-fault: stall"));
        awaitOutcome("timeout");

        try (RawClient client = gateway.client()) {
            client.send(Ask.stream("x-sim-token-gap: 50ms", "x-sim-tokens: 1000"))
                    .head();
        }
        awaitOutcome("client_gone");
    }

    private void awaitOutcome(String outcome) throws Exception {
        gateway.awaitMetric(1, "agentgateway_stream_outcomes_total", "outcome=" + outcome, "route=default/chat");
    }
}
