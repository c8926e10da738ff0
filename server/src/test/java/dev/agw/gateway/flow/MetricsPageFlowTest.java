package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The metrics page stays readable and small, whatever clients send.
class MetricsPageFlowTest {
    private static final int RANDOM = 10_000;
    private static final int MOST_MODELS = 201;
    private static final int MOST_PATHS = 40;

    private Simulator simulator;
    private TestGateway gateway;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorSettings.DEFAULT.withLength(new SimulatorSettings.Length(1, 0)));
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

    @Test
    void countsRandomPathsAndMethodsInFewSeries() throws Exception {
        try (RawClient client = gateway.client()) {
            for (int i = 0; i < RANDOM; i++) {
                String path = i % 2 == 0 ? "/nowhere/" + i : "/plain/" + i;
                client.send(Ask.head("M" + i, path, "Host-" + i + ": x") + "\r\n")
                        .answer();
            }
        }

        gateway.awaitMetric(RANDOM, "agentgateway_requests_total");
        assertThat(gateway.metrics().series("agentgateway_requests_total")).isLessThan(MOST_PATHS);
    }

    @Test
    void tellsOnlySoManyModelsApart() throws Exception {
        try (RawClient client = gateway.client()) {
            for (int i = 0; i < RANDOM; i++) {
                client.post(Ask.CHAT, "{\"model\":\"m" + i + "\",\"messages\":[]}");
            }
        }

        gateway.awaitMetric(RANDOM, "agentgateway_llm_requests_total");
        assertThat(gateway.metrics().series("agentgateway_llm_requests_total")).isEqualTo(MOST_MODELS);
        assertThat(gateway.metrics().sum("agentgateway_llm_requests_total", "model=other"))
                .isEqualTo(RANDOM - MOST_MODELS + 1);
    }

    @Test
    void pleasesTheLinter() throws Exception {
        gateway.ask(Ask.chat());
        gateway.ask(Ask.stream());
        gateway.ask(Ask.get("/nowhere"));
        gateway.awaitMetric(3, "agentgateway_requests_total");

        String complaints = promtool(gateway.page("metrics", "/metrics").body());

        // the names that alerts and dashboards already use
        assertThat(complaints.lines())
                .as(complaints)
                .allMatch(line -> line.startsWith("agentgateway_mcp_requests ")
                        || line.startsWith("agentgateway_guardrail_checks ")
                        || line.startsWith("agentgateway_xds_connection_terminations ")
                        || line.startsWith("agentgateway_xds_message_total "));
    }

    private static String promtool(String page) throws Exception {
        Process promtool;
        try {
            promtool = new ProcessBuilder(List.of("promtool", "check", "metrics"))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException absent) {
            return abort("promtool is not installed");
        }
        try (OutputStream in = promtool.getOutputStream()) {
            in.write(page.getBytes(StandardCharsets.UTF_8));
        }
        return new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
