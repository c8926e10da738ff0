package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    void theFormHpaIsAnAutoscalerThatAClusterTakes() throws IOException {
        String hpa = Outcome.of("size", "--rate=20", "--time=12s", "-o", "hpa").out();
        JsonNode read = new YAMLMapper().readTree(hpa);

        assertThat(hpa).startsWith("apiVersion: autoscaling/v2\n").contains("  minReplicas: 3\n  maxReplicas: 6\n");
        assertThat(read.at("/metadata/name").asText()).isEqualTo("agentgateway-proxy");
        assertThat(read.at("/spec/scaleTargetRef").toString())
                .isEqualTo("{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"agentgateway-proxy\"}");
    }

    @Test
    void anAutoscalerThatSeesCpuAloneStartsFromThePeakOfStreams() throws IOException {
        Outcome size = Outcome.of("size", "--rate=100", "--time=60s");

        assertThat(size.out())
                .contains("42 at peak; HPA from 42 to 84")
                .contains("by CPU, which asks for 2 replicas of the 28 for streams: so it starts from 42")
                .contains("    minReplicas: 42\n", "  minReplicas: 42\n");
        assertThat(json("--rate=100", "--time=60s", "--streams-per-pod=100000", "--cpu-per-request=200ms")
                        .path("minReplicas")
                        .asInt())
                .as("CPU binds, and the autoscaler follows it")
                .isEqualTo(10);
    }

    @Test
    void anAutoscalerThatSeesConnectionsFollowsThem() throws IOException {
        Path values = Files.writeString(
                folder.resolve("values.yaml"),
                "deployment: {autoscaling: {connections: 70, adapter: prometheus-adapter}}\n");
        String[] load = {"size", "--rate=100", "--time=60s", "--values=" + values};

        assertThat(Outcome.of(load).out())
                .contains("HPA from 28 to 336", "by CPU, and by 70 connections per replica, which prometheus-adapter");
        assertThat(new YAMLMapper()
                        .readTree(output("hpa", load))
                        .at("/spec/metrics/1/pods/target/averageValue")
                        .asText())
                .isEqualTo("70");
        String fragment = output("yaml", load);
        assertThat(fragment).contains("    connections: 70\n    adapter: \"prometheus-adapter\"\n");
        assertThat(render(fragment)).matches(render -> render.exitCode() == 0, "is what render-manifests takes");
    }

    @Test
    void theFormYamlKeepsSmallCpusAndFitsItsDrain() throws IOException {
        String yaml = Outcome.of("size", "--rate=1", "--time=1s", "--cpu=0.125", "--drain=10s", "-o", "yaml")
                .out();

        assertThat(yaml).contains("    cpu: 0.125\n").contains("    min: 10s\n    max: 10s\n");
        assertThat(Outcome.of("size", "--rate=1", "--time=1s", "--cpu=0.001", "-o", "yaml")
                        .out())
                .contains("    cpu: 0.001\n")
                .contains("    min: 15s\n    max: 60s\n");
        assertThat(render(yaml)).matches(render -> render.exitCode() == 0, "is what render-manifests takes");
    }

    private Outcome render(String yaml) throws IOException {
        Path values = Files.writeString(folder.resolve("sized.yaml"), yaml);
        return Outcome.of("render-manifests", "--values=" + values);
    }

    private static String output(String form, String... load) {
        String[] all = Arrays.copyOf(load, load.length + 1);
        all[load.length] = "--output=" + form;
        return Outcome.of(all).out();
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
