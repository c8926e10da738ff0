package dev.agw.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BenchTest {
    private final Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT
            .withWatch(Duration.ofMillis(5))
            .withLength(new SimulatorSettings.Length(1_000_000, 0))
            .withPace(new SimulatorSettings.Pace(Duration.ZERO, Duration.ZERO, Duration.ofMillis(1))));

    @AfterEach
    void stop() {
        simulator.close();
    }

    private List<JsonNode> run(String... args) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Bench.run(args, InputStream.nullInputStream(), new PrintStream(bytes, true, StandardCharsets.UTF_8));
        List<JsonNode> lines = new ArrayList<>();
        for (String line : bytes.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private String url() {
        return simulator.url() + Asking.CHAT;
    }

    @Test
    void countsAnswersInAClosedLoop() throws Exception {
        try (Simulator fast = Simulator.start(SimulatorSettings.DEFAULT)) {
            JsonNode figures = run("closed", "--url", fast.url() + Asking.CHAT, "--connections", "2", "--seconds", "1")
                    .getFirst();

            assertThat(figures.get("errors").asInt()).isZero();
            assertThat(figures.get("requests").asLong())
                    .isPositive()
                    .isEqualTo(fast.requests().total());
            assertThat(figures.get("p50_us").asDouble())
                    .isPositive()
                    .isLessThanOrEqualTo(figures.get("p99_us").asDouble());
        }
    }

    @Test
    void countsErrorsAndGivesUp() throws Exception {
        JsonNode figures = run("closed", "--url", url(), "--connections", "1", "--seconds", "20", "--model", "sim-503")
                .getFirst();

        assertThat(figures.get("errors").asInt()).isEqualTo(20);
        assertThat(figures.get("requests").asInt()).isZero();
        assertThat(figures.get("p99_us").asDouble()).isZero();
    }

    @Test
    void holdsStreamsUntilItsInputEnds() throws Exception {
        List<JsonNode> lines = run("hold", "--url", url(), "--streams", "70", "--model", "sim-idle");

        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.toString()).isEqualTo("{\"open\":70,\"lost\":0}"));
        assertThat(simulator.requests().await(log -> log.openStreams() == 0, Asking.SOON))
                .isTrue();
        assertThat(simulator.requests().cancelled()).isEqualTo(70);
    }

    @Test
    void noticesLostStreams() throws Exception {
        assertThat(run("hold", "--url", url(), "--streams", "3", "--model", "sim-500")
                        .getFirst()
                        .toString())
                .isEqualTo("{\"open\":0,\"lost\":3}");
    }

    @Test
    void countsEvents() throws Exception {
        List<JsonNode> lines = run("stream", "--url", url(), "--streams", "3", "--seconds", "1");

        assertThat(lines.get(0).get("open").asInt()).isEqualTo(3);
        assertThat(lines.get(1).get("events").asLong()).isPositive();
        assertThat(lines.get(1).get("lost").asInt()).isZero();
    }

    @Test
    void countsEveryEventOfAStreamOnce() throws Exception {
        try (Simulator short5 =
                        Simulator.start(SimulatorSettings.DEFAULT.withLength(new SimulatorSettings.Length(5, 0)));
                LoadClient client =
                        new LoadClient(URI.create(short5.url() + Asking.CHAT), Asking.chat(",\"stream\":true"))) {
            var stream = client.open();
            int events = 0;
            for (int more = client.events(stream); more >= 0; more = client.events(stream)) {
                events += more;
            }
            assertThat(events).isEqualTo(1 + 5 + 1 + 1); // role, tokens, finish, [DONE]
        }
    }

    @Test
    void measuresHowLongEventsTake() throws Exception {
        JsonNode figures = run("delays", "--url", url(), "--streams", "3", "--seconds", "1", "--model", "sim-clock")
                .getFirst();

        assertThat(figures.get("events").asLong()).isPositive();
        assertThat(figures.get("lost").asInt()).isZero();
        assertThat(figures.get("p50_ms").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(figures.get("p99_ms").asDouble());
        assertThat(figures.get("p99_ms").asDouble())
                .isLessThanOrEqualTo(figures.get("max_ms").asDouble());
    }

    @Test
    void countsStreamsThatEndBeforeTheirTime() throws Exception {
        try (Simulator brief =
                Simulator.start(SimulatorSettings.DEFAULT.withLength(new SimulatorSettings.Length(5, 0)))) {
            String url = brief.url() + Asking.CHAT;
            JsonNode ended = run("delays", "--url", url, "--streams", "2", "--seconds", "20", "--model", "sim-clock")
                    .getFirst();
            JsonNode refused = run("delays", "--url", url, "--streams", "2", "--seconds", "20", "--model", "sim-500")
                    .getFirst();

            assertThat(ended.get("events").asInt()).isEqualTo(2 * 5);
            assertThat(ended.get("lost").asInt()).isEqualTo(2);
            assertThat(refused.get("events").asInt()).isZero();
            assertThat(refused.get("lost").asInt()).isEqualTo(2);
        }
    }

    @Test
    void simulatesUntilItsInputEnds() throws Exception {
        assertThat(run("simulate", "--tokens", "3").getFirst().get("port").asInt())
                .isPositive();
    }

    @Test
    void refusesUnknownCommands() {
        assertThatThrownBy(() -> run("explode")).hasMessage("unknown command 'explode'");
        assertThatThrownBy(() -> run("hold", "--streams"))
                .hasMessage("expected a command, then options with one value each");
    }
}
