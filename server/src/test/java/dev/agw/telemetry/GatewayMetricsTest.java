package dev.agw.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.GenAi;
import dev.agw.exchange.Outcome;
import dev.agw.exchange.TokenUsage;
import dev.agw.http.Headers;
import dev.agw.testing.PageText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayMetricsTest {
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final String HTTP = "{backend=\"ns/openai\",protocol=\"https\",method=\"POST\",status=\"200\","
            + "reason=\"Upstream\",bind=\"8080/ns/gw\",gateway=\"ns/gw\",listener=\"http\",route=\"ns/chat\","
            + "route_rule=\"0\"";
    private static final String PATH = "{gateway=\"ns/gw\",route=\"ns/chat\",backend=\"ns/openai\"";
    private static final String GEN_AI = "gen_ai_operation_name=\"chat\",gen_ai_system=\"openai\","
            + "gen_ai_request_model=\"gpt\",gen_ai_response_model=\"gpt-2026\",route=\"ns/chat\"";
    private static final String TCP = "{bind=\"8080/ns/gw\",gateway=\"ns/gw\",listener=\"http\",protocol=\"https\"}";

    private final GatewayMetrics metrics = new GatewayMetrics("v1.2.3", GatewayMetrics.DEFAULT_SERIES_CAP);

    @Test
    void countsAndTimesAnExchange() {
        metrics.record(Traffic.answered(200));

        assertThat(page())
                .contains("agentgateway_requests_total" + HTTP + "} 1\n")
                .contains("agentgateway_request_duration_seconds_bucket" + HTTP + ",le=\"0.01\"} 0\n")
                .contains("agentgateway_request_duration_seconds_bucket" + HTTP + ",le=\"0.025\"} 1\n")
                .contains("agentgateway_response_bytes_total" + HTTP + "} 400\n")
                .contains("agentgateway_overhead_duration_seconds_sum" + PATH + "} 0.02\n")
                .contains("agentgateway_upstream_first_byte_duration_seconds_sum" + PATH + "} 0.004\n")
                .contains("agentgateway_retries_total" + PATH + "} 0\n");
    }

    @Test
    void countsRetriesAndNoFirstByteWhereNoneCame() {
        Exchange exchange = Traffic.answered(503);
        exchange.retried();
        exchange.retried();
        exchange.firstByte(0);
        metrics.record(exchange);

        assertThat(page())
                .contains("agentgateway_retries_total" + PATH + "} 2\n")
                .contains("agentgateway_upstream_first_byte_duration_seconds_count" + PATH + "} 0\n");
    }

    @Test
    void wordsOfClientsDoNotBecomeLabels() {
        metrics.record(Traffic.answered(Traffic.request("BREW", "/pot", "", Headers.of()), 0));

        assertThat(page()).contains("method=\"OTHER\",status=\"unknown\"").doesNotContain("BREW");
    }

    @Test
    void metersAStream() {
        metrics.record(Traffic.streamed("gpt"));

        assertThat(page())
                .contains(
                        "agentgateway_gen_ai_client_token_usage_sum{gen_ai_token_type=\"input\"," + GEN_AI + "} 100\n")
                .contains(
                        "agentgateway_gen_ai_client_token_usage_sum{gen_ai_token_type=\"output\"," + GEN_AI + "} 10\n")
                .contains("agentgateway_gen_ai_server_request_duration_sum{" + GEN_AI + "} 0.02\n")
                .contains("agentgateway_gen_ai_server_time_to_first_token_sum{" + GEN_AI + "} 0.012\n")
                .contains("agentgateway_gen_ai_server_time_per_output_token_bucket{" + GEN_AI + ",le=\"0.001\"} 1\n")
                .contains("agentgateway_llm_requests_total{provider=\"openai\",model=\"gpt\"} 1\n")
                .contains("agentgateway_llm_tokens_total{direction=\"input\",provider=\"openai\",model=\"gpt\"} 100\n")
                .contains("agentgateway_llm_tokens_total{direction=\"output\",provider=\"openai\",model=\"gpt\"} 10\n")
                .contains("agentgateway_stream_outcomes_total{outcome=\"completed\",gateway=\"ns/gw\","
                        + "route=\"ns/chat\"} 1\n");
    }

    @Test
    void tellsHowStreamsEnd() {
        for (Outcome outcome : Outcome.values()) {
            Exchange exchange = Traffic.streamed("gpt");
            exchange.outcome(outcome);
            metrics.record(exchange);
        }

        assertThat(page().lines().filter(line -> line.startsWith("agentgateway_stream_outcomes_total")))
                .hasSize(5)
                .allMatch(line -> line.endsWith(" 1"));
    }

    @Test
    void aCallWithoutAStreamHasNoPace() {
        Exchange exchange = Traffic.answered(200);
        GenAi call = new GenAi("embeddings", "openai", "ada", false);
        call.usage(new TokenUsage(5, -1, -1, -1));
        exchange.genAi(call);
        metrics.record(exchange);

        assertThat(page())
                .contains("agentgateway_llm_tokens_total{direction=\"input\",provider=\"openai\",model=\"ada\"} 5\n")
                .doesNotContain("time_to_first_token_count")
                .doesNotContain("stream_outcomes_total{");
    }

    @Test
    void countsNoTokensWhereTheProviderGaveNone() {
        Exchange exchange = Traffic.answered(200);
        exchange.genAi(new GenAi("chat", "openai", "gpt", false));
        metrics.record(exchange);

        assertThat(page())
                .contains("agentgateway_llm_requests_total{provider=\"openai\",model=\"gpt\"} 1\n")
                .doesNotContainPattern("token_usage_count\\{[^}]*} [1-9]");
    }

    @Test
    void aCallThatReachedNoProviderIsNoLlmRequest() {
        Exchange exchange = Traffic.answered(429);
        exchange.calling("", "http");
        exchange.genAi(new GenAi("chat", "openai", "gpt", false));
        metrics.record(exchange);

        assertThat(page()).doesNotContain("agentgateway_llm_requests_total{");
    }

    @Test
    void inventedModelsShareOneName() {
        for (int i = 0; i < 10_000; i++) {
            metrics.record(refusedModel("invented-" + i));
        }
        metrics.record(Traffic.streamed("real"));

        assertThat(page())
                .contains("agentgateway_llm_requests_total{provider=\"openai\",model=\"other\"} 10000\n")
                .contains("agentgateway_llm_requests_total{provider=\"openai\",model=\"real\"} 1\n")
                .doesNotContain("invented");
    }

    private static Exchange refusedModel(String model) {
        Exchange exchange = Traffic.answered(404);
        exchange.genAi(new GenAi("chat", "openai", model, false));
        return exchange;
    }

    @Test
    void acceptedModelsAreBoundedToo() {
        for (int i = 0; i < 300; i++) {
            metrics.record(Traffic.streamed("model-" + i));
        }

        assertThat(page().lines().filter(line -> line.startsWith("agentgateway_llm_requests_total")))
                .hasSizeLessThanOrEqualTo(201)
                .anyMatch(line -> line.contains("model=\"other\""));
    }

    @Test
    void primesWhatAlertsSelect() {
        metrics.prime(Traffic.LISTENER);

        assertThat(page().lines().filter(line -> line.startsWith("agentgateway_requests_total{")))
                .hasSize(3)
                .allMatch(line -> line.contains("gateway=\"ns/gw\"") && line.endsWith("route_rule=\"unknown\"} 0"))
                .anyMatch(line -> line.contains("status=\"429\",reason=\"RateLimit\""))
                .anyMatch(line -> line.contains("status=\"503\",reason=\"NoHealthyBackend\""))
                .anyMatch(line -> line.contains("status=\"503\",reason=\"UpstreamFailure\""));
    }

    @Test
    void countsConnections() {
        ConnectionMetrics connections = metrics.connections(Traffic.LISTENER, "https");
        connections.opened();
        connections.opened();
        connections.closed();
        connections.received(10);
        connections.sent(20);
        connections.handshake(2 * Traffic.MILLI);

        assertThat(page())
                .contains("agentgateway_downstream_connections_total" + TCP + " 2\n")
                .contains("agentgateway_active_connections" + TCP + " 1\n")
                .contains("agentgateway_downstream_received_bytes_total" + TCP + " 10\n")
                .contains("agentgateway_downstream_sent_bytes_total" + TCP + " 20\n")
                .contains("agentgateway_tls_handshake_duration_seconds_sum" + TCP + " 0.002\n");
    }

    @Test
    void showsWhatIsInFlight() {
        metrics.requestStarted();
        metrics.requestStarted();
        metrics.requestEnded();
        metrics.streamStarted();
        metrics.streamStarted();
        metrics.streamStarted();
        metrics.streamEnded();
        metrics.taskStarted();
        metrics.taskStarted();
        metrics.taskStarted();
        metrics.taskStarted();
        metrics.taskEnded();

        assertThat(page())
                .contains("\nagentgateway_requests_in_flight 1\n")
                .contains("\nagentgateway_streams_in_flight 2\n")
                .contains("\nagentgateway_tokio_num_alive_tasks 3\n");
    }

    @Test
    void tellsWhichConfigurationIsInForce() {
        metrics.configLoaded("aaa");
        metrics.configLoaded("bbb");
        metrics.configLoaded("bbb");
        assertThat(page())
                .contains("agentgateway_config_last_load_success 1\n")
                .contains("agentgateway_config_info{hash=\"bbb\"} 1\n")
                .doesNotContain("aaa")
                .containsPattern("agentgateway_config_last_load_success_timestamp_seconds 1[0-9.E]{9,}");

        metrics.configRejected();
        assertThat(page())
                .contains("agentgateway_config_last_load_success 0\n")
                .contains("agentgateway_config_info{hash=\"bbb\"} 1\n")
                .contains("agentgateway_config_loads_total{result=\"success\"} 3\n")
                .contains("agentgateway_config_loads_total{result=\"failure\"} 1\n");
    }

    @Test
    void showsEndpointsUntilTheBackendIsGone() {
        Runnable first = metrics.endpoints("ns/b", () -> 2, () -> 1);
        Runnable second = metrics.endpoints("ns/b", () -> 5, () -> 0);
        first.run();
        assertThat(page())
                .contains("agentgateway_backend_endpoints{state=\"healthy\",backend=\"ns/b\"} 5\n")
                .contains("agentgateway_backend_endpoints{state=\"ejected\",backend=\"ns/b\"} 0\n");

        second.run();
        assertThat(page()).doesNotContain("ns/b");
    }

    @Test
    void countsTheRest() {
        metrics.refused(Limit.BODY_SIZE);
        metrics.acceptFailed();
        metrics.housekeeping().failed(Chore.SWEEP, new StackOverflowError("for a test"));
        metrics.guardrailChecked(Guardrail.Phase.RESPONSE, Guardrail.Action.REJECT);
        metrics.mcpRequest("tools/call", "Tool", "files", "read", "ns/mcp");
        metrics.price("input", "openai", "gpt", 2.5);
        String call = "{method=\"tools/call\",resource_type=\"Tool\",server=\"files\",resource=\"read\","
                + "route=\"ns/mcp\"} 1\n";

        assertThat(page())
                .contains("agentgateway_limit_refusals_total{limit=\"body_size\"} 1\n")
                .contains("agentgateway_limit_refusals_total{limit=\"connections\"} 0\n")
                .contains("agentgateway_accept_errors_total 1\n")
                .contains("agentgateway_housekeeping_failures_total{task=\"sweep\"} 1\n")
                .contains("agentgateway_housekeeping_failures_total{task=\"event_loop\"} 0\n")
                .contains("agentgateway_guardrail_checks{phase=\"Response\",action=\"Reject\"} 1\n")
                .contains("agentgateway_guardrail_checks_total{phase=\"Response\",action=\"Reject\"} 1\n")
                .contains("agentgateway_guardrail_checks{phase=\"Request\",action=\"Mask\"} 0\n")
                .contains("agentgateway_mcp_requests" + call)
                .contains("agentgateway_mcp_requests_total" + call)
                .contains("agentgateway_model_cost_per_million{direction=\"input\",provider=\"openai\","
                        + "model=\"gpt\"} 2.5\n")
                .contains("agentgateway_build_info{tag=\"v1.2.3\"} 1\n");
    }

    @Test
    void countsWhatConnectionsToBackendsDo() {
        metrics.upstreamConnected("tls", Traffic.MILLI);
        metrics.upstreamConnected("plaintext", 2 * Traffic.MILLI);
        metrics.upstreamConnectFailed("tls");
        metrics.upstreamResent();

        assertThat(page())
                .contains("agentgateway_upstream_connect_duration_seconds_sum{transport=\"tls\"} 0.001\n")
                .contains("agentgateway_upstream_connect_duration_seconds_sum{transport=\"plaintext\"} 0.002\n")
                .contains("agentgateway_upstream_connect_failures_total{transport=\"tls\"} 1\n")
                .contains("agentgateway_upstream_connect_failures_total{transport=\"plaintext\"} 0\n")
                .contains("agentgateway_upstream_resends_total 1\n");
    }

    @Test
    void theControlPlaneShowsOnlyWhereThereIsOne() {
        assertThat(page()).doesNotContain("# TYPE agentgateway_xds");

        metrics.xdsTerminated("ConnectionError");
        metrics.xdsMessage("type.example/Resource", 77);
        assertThat(page())
                .contains("agentgateway_xds_connection_terminations{reason=\"ConnectionError\"} 1\n")
                .contains("agentgateway_xds_message_total{url=\"type.example/Resource\"} 1\n")
                .contains("agentgateway_xds_message_bytes_total{url=\"type.example/Resource\"} 77\n");
    }

    @Test
    void promtoolFindsNothingButTheThreeNamesKeptForOldAlerts(@TempDir Path directory) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed");
        useEverything();

        assertThat(promtool(directory))
                .allMatch(line -> line.endsWith("counter metrics should have \"_total\" suffix"))
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactlyInAnyOrder(
                        "agentgateway_mcp_requests",
                        "agentgateway_guardrail_checks",
                        "agentgateway_xds_connection_terminations");
    }

    private void useEverything() {
        metrics.record(Traffic.streamed("gpt"));
        metrics.prime(Traffic.LISTENER);
        metrics.connections(Traffic.LISTENER, "https").handshake(1);
        metrics.endpoints("ns/b", () -> 1, () -> 0);
        metrics.configLoaded("aaa");
        metrics.mcpRequest("tools/call", "Tool", "files", "read", "ns/mcp");
        metrics.price("input", "openai", "gpt", 2.5);
        metrics.xdsTerminated("Error");
        metrics.xdsMessage("type.example/Resource", 77);
    }

    private List<String> promtool(Path directory) throws IOException, InterruptedException {
        Path page = directory.resolve("page");
        Files.writeString(page, page());
        Path report = directory.resolve("report");
        Process process = new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
                .redirectInput(page.toFile())
                .redirectErrorStream(true)
                .redirectOutput(report.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(report);
    }

    private String page() {
        return PageText.of(page -> metrics.scrape(Format.TEXT, page));
    }
}
