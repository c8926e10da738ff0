package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Small loads; no test looks at how long anything took.
@Timeout(60)
class BenchCommandTest {
    @TempDir
    private Path folder;

    private static final Map<String, String> FREE_PORTS = Map.of(
            "AGW_ADMIN_ADDRESS", "127.0.0.1:0",
            "AGW_METRICS_ADDRESS", "127.0.0.1:0",
            "AGW_READINESS_ADDRESS", "127.0.0.1:0",
            "AGW_SHUTDOWN_MIN", "0s",
            "AGW_SHUTDOWN_MAX", "5s");
    private static final String[] SMALL = {"--warm-up=200ms", "--duration=1s", "--rate=20", "--max-tokens=3"};

    @Test
    void streamsThroughAGatewayAreCountedTimedAndSeenInItsMetrics() throws IOException, InterruptedException {
        try (Running demo = new Running(FREE_PORTS, "/metrics |", "serve", "--demo", "--port=0")) {
            String greeting = demo.greeting();
            String url = "http://127.0.0.1:" + Running.port(greeting, "http");
            String metrics = "http://127.0.0.1:" + Running.port(greeting, "metrics");

            Outcome bench = bench(
                    url,
                    "--stream",
                    "--model=demo-model",
                    "--metrics-url=" + metrics,
                    "--target=errors=0%,dropped=0",
                    "-o",
                    "json");

            JsonNode json = new ObjectMapper().readTree(bench.out());
            assertThat(bench.exitCode()).as(bench.err() + bench.out()).isZero();
            assertThat(json.path("url").asText()).isEqualTo(url + "/v1/chat/completions");
            assertThat(json.path("arrivals").path("answered").asInt()).isEqualTo(20);
            assertThat(json.path("tokens").path("total").asInt()).isEqualTo(60);
            assertThat(json.path("firstToken").path("count").asInt()).isEqualTo(20);
            assertThat(json.path("latency").path("percentiles")).hasSize(100);
            assertThat(json.path("betweenTokens").path("count").asInt()).isPositive();
            assertThat(json.path("gateway").path("requests").asInt()).isBetween(20, 25);
            assertThat(json.path("gateway").path("cpuPerRequest").asDouble()).isPositive();
        }
    }

    @Test
    void theTableHasAVerdictForEachTarget() {
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT)) {
            Outcome bench = bench(simulator.url(), "--target=errors=1%,max=1us,cpu=70%");

            assertThat(bench.exitCode()).isEqualTo(1);
            assertThat(bench.out())
                    .contains("20 sent, 20 answered, 0 failed, 0 dropped")
                    .containsPattern("errors +<= 1 % +0 % +met\n")
                    .containsPattern("max +<= 1 us +.* +missed\n")
                    .containsPattern("cpu +<= 70 % +not measured +unknown\n");
        }
    }

    @Test
    void aTargetThatWasAskedForAndNotMeasuredIsNotMet() {
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT)) {
            Outcome chats = bench(simulator.url(), "--target=errors=1%,overhead_p99=1ms,ttft_p95=1s");
            Outcome sessions = bench(simulator.url(), "--mcp", "--target=ttft_p95=1s");

            assertThat(chats.exitCode()).isEqualTo(3);
            assertThat(chats.out()).containsPattern("overhead_p99 +<= 1 ms +not measured +unknown\n");
            assertThat(chats.err())
                    .contains("agw: target overhead_p99 was not measured: it takes --metrics-url")
                    .contains("; target ttft_p95 was not measured: it takes --stream")
                    .doesNotContain("target errors");
            assertThat(sessions.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void withoutTargetsThoseOfTheGuideHold() {
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT)) {
            Outcome bench = bench(simulator.url());

            assertThat(bench.exitCode())
                    .as("what it could not measure is nobody's wish")
                    .isNotEqualTo(3);
            assertThat(bench.out())
                    .containsPattern("p95 +<= 15 s ")
                    .containsPattern("rps +>= 19.8/s ")
                    .containsPattern("memory +<= 80 % ");
        }
    }

    @Test
    void failuresAreCountedByReason() {
        SimulatorSettings limited =
                SimulatorSettings.DEFAULT.withFaults(new SimulatorSettings.FaultRates(1, 0, 0, 0, 0, 0, 0));
        try (Simulator simulator = Simulator.start(limited)) {
            Outcome bench = bench(simulator.url());

            assertThat(bench.exitCode()).isEqualTo(1);
            assertThat(bench.out())
                    .containsPattern("errors +429: 20\n")
                    .containsPattern("errors +<= 1 % +100 % +missed");
        }
    }

    @Test
    void aServerThatAnswersOnlyAfterTheIntervalAchievedNothingInIt() throws IOException {
        SimulatorSettings slow = SimulatorSettings.DEFAULT.withPace(
                new SimulatorSettings.Pace(Duration.ofSeconds(4), Duration.ZERO, Duration.ZERO));
        try (Simulator simulator = Simulator.start(slow)) {
            Outcome bench = bench(simulator.url(), "-o", "json");

            JsonNode json = new ObjectMapper().readTree(bench.out());
            assertThat(json.path("arrivals").path("answered").asInt()).isEqualTo(20);
            assertThat(json.path("rate").path("achieved").asDouble()).isZero();
        }
    }

    @Test
    void sessionsWithAnMcpServerAreTimedByMethod() throws IOException {
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT.withRecording(1000))) {
            Outcome bench = bench(simulator.url() + "/mcp", "--calls=2", "--target=errors=0%,dropped=0", "-o", "json");

            JsonNode json = new ObjectMapper().readTree(bench.out());
            assertThat(bench.exitCode()).as(bench.err() + bench.out()).isZero();
            assertThat(json.path("tool").asText()).isEqualTo("echo");
            assertThat(json.path("arrivals").path("answered").asInt()).isEqualTo(20);
            assertThat(json.path("methods").path("initialize").path("count").asInt())
                    .isEqualTo(20);
            assertThat(json.path("methods").path("tools/list").path("count").asInt())
                    .isEqualTo(20);
            assertThat(json.path("methods").path("tools/call").path("count").asInt())
                    .isEqualTo(40);
            assertThat(json.path("latency").path("count").asInt()).isEqualTo(20);
            assertThat(simulator.requests().seen())
                    .filteredOn(request -> request.method().equals("DELETE"))
                    .as("sessions that were ended, warm-up and try included")
                    .hasSize(25);
        }
    }

    @Test
    void answersOfAnMcpServerMayBeStreamsAndFailuresAreTold() {
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT)) {
            Outcome streams = bench(
                    simulator.url(), "--mcp", "-H", "x-sim-mcp-answer: events", "--tool=delay", "--target=errors=0%");
            Outcome unknown = bench(simulator.url() + "/mcp", "--tool=nothing");

            assertThat(streams.exitCode()).as(streams.err() + streams.out()).isZero();
            assertThat(streams.out())
                    .startsWith(simulator.url() + "/mcp, MCP sessions, tool delay x 1, 20/s for 1 s")
                    .containsPattern("tools/call +p50 ")
                    .doesNotContain("tokens");
            assertThat(unknown.exitCode()).isEqualTo(2);
            assertThat(unknown.err()).startsWith("agw: " + simulator.url() + "/mcp: tools/call: error -32602");
        }
    }

    @Test
    void mcpSessionsGoThroughAGatewayAsPlainHttp() throws IOException, InterruptedException {
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT)) {
            Path config = Files.writeString(folder.resolve("gateway.yaml"), """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: agw}
                spec:
                  gatewayClassName: enterprise-agentgateway
                  listeners: [{name: http, port: 0, protocol: HTTP}]
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: mcp}
                spec:
                  parentRefs: [{name: agw}]
                  rules:
                  - backendRefs: [{name: tools, group: gateway.kgateway.dev, kind: Backend}]
                ---
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: Backend
                metadata: {name: tools}
                spec: {type: Static, static: {hosts: [{host: 127.0.0.1, port: %d}]}}
                """.formatted(simulator.port()));
            try (Running agw = new Running(FREE_PORTS, "admin", "serve", "--config", config.toString())) {
                String url = "http://127.0.0.1:" + Running.port(agw.greeting(), "http") + "/mcp";

                Outcome bench = bench(url, "-H", "x-sim-mcp-answer: events", "--target=errors=0%");

                assertThat(bench.exitCode()).as(bench.err() + bench.out()).isZero();
                assertThat(bench.out()).contains("20 sent, 20 answered, 0 failed, 0 dropped");
            }
        }
    }

    @Test
    void saysThatNobodyIsThere() throws IOException {
        try (Socket held = new Socket()) {
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // and nobody listens there
            String url = "http://127.0.0.1:" + held.getLocalPort();
            Outcome bench = bench(url);

            assertThat(bench.exitCode()).isEqualTo(3);
            assertThat(bench.out()).isEmpty();
            assertThat(bench.err()).startsWith("agw: " + url + "/v1/chat/completions does not answer: ");
        }
    }

    @Test
    void saysThatThePathIsWrong() {
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT)) {
            Outcome bench = bench(simulator.url() + "/nowhere");

            assertThat(bench.exitCode()).isEqualTo(2);
            assertThat(bench.err()).startsWith("agw: " + simulator.url() + "/nowhere answers 404: ");
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(bench("localhost:8080").err()).startsWith("agw: expected a URL such as http://localhost:8080/v1");
        assertThat(bench("http://localhost:1/mcp", "--arguments=[]").err())
                .startsWith("agw: --arguments: expected an object of JSON, found []");
        assertThat(bench("http://localhost:1/mcp", "--calls=0").err()).startsWith("agw: --calls must be");
        assertThat(bench("http://localhost:1/mcp", "--stream"))
                .matches(bench -> bench.exitCode() == 2 && bench.err().startsWith("agw: --stream is for chat"));
        assertThat(Outcome.of("bench", "http://localhost:1", "--rate=0").err())
                .startsWith("agw: --rate must be above 0");
        assertThat(bench("http://localhost:1", "--target=p96=1s").err())
                .startsWith("agw: no target \"p96\"; there are p50,");
        assertThat(bench("http://localhost:1", "--target=p95=1").err())
                .isEqualTo("agw: target p95: expected a time such as 2s, found \"1\"\n");
    }

    private static Outcome bench(String url, String... more) {
        String[] arguments = new String[2 + SMALL.length + more.length];
        arguments[0] = "bench";
        arguments[1] = url;
        System.arraycopy(SMALL, 0, arguments, 2, SMALL.length);
        System.arraycopy(more, 0, arguments, 2 + SMALL.length, more.length);
        return Outcome.of(arguments);
    }
}
