package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizeCommandTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void theWorkedExample() {
        Outcome size = Outcome.of(
                "size",
                "--rate=20",
                "--time=12s",
                "--cpu-per-request=6ms",
                "--streams-per-pod=400",
                "--zones=3",
                "--provider-tpm=2000000",
                "--tokens-per-request=1500");

        assertThat(size.exitCode()).as(size.err()).isZero();
        assertThat(size.out())
                .containsPattern("CPU +26/s x 6 ms / \\(0.65 x 1 CPU\\) +1\n")
                .containsPattern("streams +312 / \\(0.7 x 400\\) +2\n")
                .containsPattern("memory +312 x 64 KiB / \\(0.75 x 768 MiB - 256 MiB\\) +1\n")
                .containsPattern("one zone lost +2 x 3 / 2 +3 +yes\n")
                .containsPattern("availability +max\\(2, 3 zones\\) +3 +yes\n")
                .contains("3 at peak; HPA from 3 to 6", "20/s x 12 s = 240")
                .contains("= 22.22 requests/s: binds at +11 %")
                .containsPattern("CPU time of a request +6 ms +given\n")
                .containsPattern("memory of a stream +64 KiB +DEFAULT: say or measure it\n");
    }

    @Test
    void theQuotaOfAProviderIsNotHelpedByReplicas() {
        assertThat(Outcome.of("size", "--rate=40", "--time=12s", "--provider-tpm=2000000")
                        .out())
                .contains("provider quota binds; more replicas will not help");
    }

    @Test
    void aDrainThatCutsStreamsSaysHowMany() throws IOException {
        JsonNode size = json("--rate=20", "--time=60s", "--drain=55s", "--pre-stop=5s");

        assertThat(size.path("lostShare").asDouble()).isBetween(0.39, 0.41);
        assertThat(size.path("terminationGracePeriodSeconds").asInt()).isEqualTo(65);
        assertThat(size.path("inputs").path("drain").path("from").asText()).isEqualTo("given");
    }

    @Test
    void aLoadThatGrowsFasterThanReplicasStartLowersTheTargetAndTakesMoreReplicas() throws IOException {
        JsonNode steady = json("--rate=200", "--time=1s", "--growth=0");
        JsonNode growing = json("--rate=200", "--time=1s", "--growth=0.02", "--scale-lag=60s");

        assertThat(growing.path("cpuTarget").asDouble()).isBetween(0.45, 0.46);
        assertThat(steady.at("/constraints/0/replicas").asInt()).isEqualTo(3);
        assertThat(growing.at("/constraints/0/replicas").asInt()).isEqualTo(4);
    }

    @Test
    void theFormYamlIsAFileOfValuesThatIsReadAgain() throws IOException {
        String yaml = Outcome.of("size", "--rate=20", "--time=12s", "--cpu=0.5", "--drain=90s", "-o", "yaml")
                .out();
        Path values = Files.writeString(folder.resolve("values.yaml"), yaml);

        assertThat(yaml)
                .contains(
                        "  autoscaling:\n    enabled: true\n    minReplicas: 3\n    maxReplicas: 6\n    cpuPercent: 65\n");
        JsonNode inputs = json("--rate=20", "--time=12s", "--values=" + values, "--memory=1Gi")
                .path("inputs");
        assertThat(inputs.path("cpu_request").path("value").asDouble()).isEqualTo(0.5);
        assertThat(inputs.path("cpu_request").path("from").asText()).isEqualTo("values");
        assertThat(inputs.path("drain").path("value").asDouble()).isEqualTo(90);
        assertThat(inputs.path("memory_limit").path("from").asText()).isEqualTo("given");
        assertThat(inputs.path("growth").path("from").asText()).isEqualTo("default");
    }

    @Test
    void valuesSayHowManyConnectionsAReplicaIsToHave() throws IOException {
        Path values =
                Files.writeString(folder.resolve("values.yaml"), "deployment: {autoscaling: {connections: 70}}\n");

        assertThat(Outcome.of("size", "--rate=20", "--time=12s", "--values=" + values)
                        .out())
                .containsPattern("streams +312 / \\(0.7 x 100\\) +5\n");
        Files.writeString(values, "deployment: {autoscaler: {}}\n");
        assertThat(Outcome.of("size", "--rate=20", "--time=12s", "--values=" + values))
                .matches(outcome ->
                        outcome.exitCode() == 2 && outcome.err().contains("deployment.autoscaler: unknown field"));
    }

    @Test
    void theFormHpaIsTheAutoscalerAlone() {
        assertThat(Outcome.of("size", "--rate=20", "--time=12s", "-o", "hpa").out())
                .startsWith("apiVersion: autoscaling/v2\n")
                .contains("  minReplicas: 3\n  maxReplicas: 6\n");
    }

    @Test
    void aBenchGivesWhatIsNotSaidOtherwise() throws IOException {
        Path bench = folder.resolve("bench.json");
        Files.writeString(bench, """
                {"schemaVersion": 1, "rate": {"offered": 50}, "concurrency": {"mean": 101},
                 "latency": {"mean": 2.0, "percentiles": [1.0, 3.0]}, "gateway": {"cpuPerRequest": 0.001}}
                """);

        JsonNode inputs = json("--bench=" + bench, "--rate=80").path("inputs");

        assertThat(inputs.path("rate").path("value").asDouble()).isEqualTo(80);
        assertThat(inputs.path("time").path("value").asDouble()).isEqualTo(2);
        assertThat(inputs.path("time").path("from").asText()).isEqualTo("bench");
        assertThat(inputs.path("cpu_per_request").path("value").asDouble()).isEqualTo(0.001);
    }

    @Test
    void aPrometheusGivesTheLoad() throws IOException {
        HttpServer prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        prometheus.createContext("/api/v1/query", exchange -> {
            String query = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
            byte[] answer = answer(query).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        prometheus.start();
        try {
            JsonNode size = json(
                    "--prometheus-url=http://127.0.0.1:"
                            + prometheus.getAddress().getPort(),
                    "--window=1d");

            assertThat(size.path("inFlight").asDouble()).isEqualTo(240);
            assertThat(size.path("inputs").path("rate").path("from").asText()).isEqualTo("prometheus");
            assertThat(size.path("inputs")
                            .path("tokens_per_request")
                            .path("from")
                            .asText())
                    .isEqualTo("default");
            assertThat(size.path("lostShare").asDouble()).isEqualTo(0);
        } finally {
            prometheus.stop(0);
        }
    }

    private static String answer(String query) {
        assertThat(query).contains("1d").doesNotContain("$W");
        String values = query.startsWith("query=quantile_over_time(0.99, (sum(rate(")
                ? "{\"value\":[0,\"20\"]}"
                : query.startsWith("query=sum(rate(agentgateway_request_duration_seconds_sum")
                        ? "{\"value\":[0,\"12\"]}"
                        : query.contains("by (le)")
                                ? "{\"metric\":{\"le\":\"30\"},\"value\":[0,\"7\"]},{\"metric\":{\"le\":\"+Inf\"},\"value\":[0,\"7\"]}"
                                : query.startsWith("query=sum(increase(")
                                        ? "{\"value\":[0,\"7\"]}"
                                        : query.contains("llm_tokens") ? "{\"value\":[0,\"NaN\"]}" : "";
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + values + "]}}";
    }

    @Test
    void refusesWhatNothingCanBeWorkedOutFrom() {
        assertThat(Outcome.of("size"))
                .isEqualTo(new Outcome(
                        2,
                        "",
                        "agw: the requests per second at peak is not known:"
                                + " say it with --rate, or have it read with --bench or --prometheus-url\n"));
        assertThat(Outcome.of("size", "--rate=1", "--time=1s", "--memory=256Mi").err())
                .startsWith("agw: a memory limit of 256 MiB leaves no room for streams");
        assertThat(Outcome.of("size", "--rate=1", "--time=1s", "--memory=256").err())
                .contains("expected a size such as 64Ki");
        assertThat(Outcome.of("size", "--bench=" + folder.resolve("none.json")).exitCode())
                .isEqualTo(2);
        assertThat(Outcome.of("size", "--prometheus-url=http://127.0.0.1:1").exitCode())
                .isEqualTo(3);
    }

    @Test
    void aBenchThatWasNotAnsweredSaysNothing() throws IOException {
        Path bench = folder.resolve("failed.json");
        Files.writeString(bench, """
                {"schemaVersion": 1, "arrivals": {"sent": 110, "failed": 100, "dropped": 10},
                 "rate": {"offered": 50}, "latency": {"mean": 2.0, "percentiles": [1.0, 3.0]}}
                """);

        Outcome size = Outcome.of("size", "--bench=" + bench);

        assertThat(size.exitCode()).isEqualTo(2);
        assertThat(size.err()).contains("110 of 120 requests failed or were dropped");
    }

    @Test
    void refusesNumbersThatNoLoadHas() {
        assertThat(Outcome.of("size", "--rate=Infinity", "--time=1s").err())
                .contains("requests per second at peak: expected at most");
    }

    private static JsonNode json(String... arguments) throws IOException {
        String[] all = new String[arguments.length + 3];
        all[0] = "size";
        all[1] = "-o";
        all[2] = "json";
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        Outcome size = Outcome.of(all);
        assertThat(size.exitCode()).as(size.err()).isZero();
        return new ObjectMapper().readTree(size.out());
    }
}
