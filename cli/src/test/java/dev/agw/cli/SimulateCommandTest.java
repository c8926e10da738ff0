package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulateCommandTest {
    @Test
    void answersUntilItIsInterrupted() throws IOException, InterruptedException {
        try (Running simulate = new Running(
                Map.of(), "Try:", "simulate", "--port=0", "--first-token-delay=0ms", "--token-gap=500us", "--seed=7")) {
            String greeting = simulate.greeting();
            String url = simulate.out().strip();

            assertThat(greeting).startsWith("Try:  curl -s " + url + "/v1/chat/completions ");
            int port = URI.create(url).getPort();
            assertThat(simulate.chat(port, "/v1/chat/completions", "any", false).body())
                    .contains("\"model\":\"any\"")
                    .contains("\"usage\"");
            assertThat(simulate.interrupted()).isEqualTo(130);
        }
    }

    @Test
    void failsAsManyRequestsAsItIsTold() throws IOException, InterruptedException {
        try (Running simulate = new Running(Map.of(), "Try:", "simulate", "--port=0", "--unavailable=1")) {
            simulate.greeting();
            int port = URI.create(simulate.out().strip()).getPort();

            assertThat(simulate.chat(port, "/v1/chat/completions", "any", false).statusCode())
                    .isEqualTo(503);
        }
    }

    @Test
    void refusesSharesThatAreNone() {
        String message = "agw: shares of failing requests are from 0 to 1, and at most 1 together\n";

        assertThat(Outcome.of("simulate", "--hang=0.6", "--reset=0.6")).isEqualTo(new Outcome(2, "", message));
        assertThat(Outcome.of("simulate", "--hang=-1")).isEqualTo(new Outcome(2, "", message));
    }

    @Test
    void refusesATimeWithoutUnit() {
        assertThat(Outcome.of("simulate", "--token-gap=30").err())
                .startsWith("agw: Invalid value for option '--token-gap': expected a time such as 500us");
    }

    @Test
    void saysWhatToDoAboutABusyPort() {
        try (Simulator other = Simulator.start(SimulatorSettings.DEFAULT)) {
            Outcome busy = Outcome.of("simulate", "--port=" + other.port());

            assertThat(busy.exitCode()).isEqualTo(2);
            assertThat(busy.err())
                    .startsWith("agw: can't listen on 127.0.0.1:" + other.port())
                    .endsWith("; --port 0 takes a free port\n");
        }
    }
}
