package dev.agw.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatorConnectionsTest {
    private final Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT.withRecording(2));

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void answersOneRequestAfterTheOther() throws IOException {
        String twice = Asking.wire(Asking.chat(""), Map.of()) + Asking.wire(Asking.chat(""), Map.of());
        try (Socket socket = Asking.open(simulator, twice)) {
            String first = Asking.readTo(socket, "agwsimulator\"}");
            String second = Asking.readTo(socket, "agwsimulator\"}");

            assertThat(second).startsWith("HTTP/1.1 200 OK");
            assertThat(id(second)).isNotEqualTo(id(first));
        }
    }

    private static String id(String answer) {
        return answer.replaceAll("(?s).*\"id\":\"(chatcmpl-[a-z2-7]{24})\".*", "$1");
    }

    @Test
    void closesIfTheClientWantsIt() throws IOException {
        String closing = Asking.wire(Asking.chat(""), Map.of("Connection", "close"));
        try (Socket socket = Asking.open(simulator, closing)) {
            assertThat(Asking.readTo(socket, "never"))
                    .contains("Connection: close\r\n")
                    .endsWith("}");
        }
    }

    @Test
    void endsTheStreamOfAnOldClientWithTheConnection() throws IOException {
        String old = Asking.wire(Asking.chat(",\"stream\":true"), Map.of()).replace("HTTP/1.1", "HTTP/1.0");
        try (Socket socket = Asking.open(simulator, old)) {
            assertThat(Asking.readTo(socket, "never"))
                    .doesNotContain("Transfer-Encoding")
                    .contains("\r\n\r\ndata: {\"id\"")
                    .endsWith("data: [DONE]\n\n");
        }
        String broken = old.replace("HTTP/1.0", "HTTP/1.0\r\nx-sim-fault: truncate");
        try (Socket socket = Asking.open(simulator, broken)) {
            assertThat(Asking.readTo(socket, "never")).endsWith("data: {\"id\":\"cha");
        }
    }

    @Test
    void asksForTheBodyThatIsHeldBack() throws IOException {
        String wire = Asking.wire(Asking.chat(""), Map.of("Expect", "100-continue"));
        int body = wire.indexOf("\r\n\r\n") + 4;
        try (Socket socket = Asking.open(simulator, wire.substring(0, body))) {
            assertThat(Asking.readTo(socket, "\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            socket.getOutputStream().write(wire.substring(body).getBytes(StandardCharsets.UTF_8));
            assertThat(Asking.readTo(socket, "\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void refusesWhatIsNoRequest() throws IOException {
        try (Socket socket = Asking.open(simulator, "nonsense\r\n\r\n")) {
            assertThat(Asking.readTo(socket, "never"))
                    .startsWith("HTTP/1.1 400 Bad Request")
                    .contains("\"type\":\"invalid_request_error\"");
        }
    }

    @Test
    void remembersTheLastRequests() {
        Asking.get(simulator, "/v1/models");
        Asking.get(simulator, "/v1/models?limit=1", "x-mark", "second");
        Asking.post(simulator, Asking.CHAT, Asking.chat(""));

        List<SeenRequest> seen = simulator.requests().seen();
        assertThat(seen).extracting(SeenRequest::path).containsExactly("/v1/models", Asking.CHAT);
        assertThat(seen.get(0).query()).isEqualTo("limit=1");
        assertThat(seen.get(0).headers().toString()).contains("x-mark: second");
        assertThat(seen.get(1).method()).isEqualTo("POST");
        assertThat(seen.get(1).body()).isEqualTo(Asking.chat(""));
        assertThat(simulator.requests().total()).isEqualTo(3);
    }

    @Test
    void remembersNothingUnlessTold() {
        try (Simulator forgetful = Simulator.start(SimulatorSettings.demo().withPace(SimulatorSettings.Pace.NONE))) {
            Asking.get(forgetful, "/v1/models");

            assertThat(forgetful.requests().seen()).isEmpty();
            assertThat(forgetful.requests().total()).isEqualTo(1);
        }
    }

    @Test
    void givesUpWaiting() {
        assertThat(simulator.requests().await(log -> false, Duration.ZERO)).isFalse();
    }

    @Test
    void closesItsConnections() throws IOException {
        try (Socket socket = Asking.open(simulator, Asking.wire(Asking.chat(""), Map.of()))) {
            Asking.readTo(socket, "agwsimulator\"}");
            simulator.close();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void saysWhichPortIsTaken() {
        SimulatorSettings taken = SimulatorSettings.DEFAULT.withPort(simulator.port());

        assertThatThrownBy(() -> Simulator.start(taken))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("can't listen on 127.0.0.1:" + simulator.port());
    }

    @Test
    void listensWhereItIsTold() {
        try (Simulator other = Simulator.start(SimulatorSettings.DEFAULT.withHost("127.0.0.2"))) {
            assertThat(other.url()).startsWith("http://127.0.0.2:");
            assertThat(Asking.get(other, "/healthz").statusCode()).isEqualTo(200);
        }
    }
}
