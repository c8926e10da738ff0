package dev.agw.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorFaultsTest {
    private static final String STREAM = Asking.chat(",\"stream\":true");
    private static final SimulatorSettings WATCHFUL =
            SimulatorSettings.DEFAULT.withWatch(Duration.ofMillis(5)).withRecording(2);

    private Simulator simulator = Simulator.start(WATCHFUL);

    @AfterEach
    void stop() {
        simulator.close();
    }

    private void restart(SimulatorSettings settings) {
        simulator.close();
        simulator = Simulator.start(settings);
    }

    private Socket open(String body, String... fields) throws IOException {
        Map<String, String> map =
                fields.length == 4 ? Map.of(fields[0], fields[1], fields[2], fields[3]) : Map.of(fields[0], fields[1]);
        return Asking.open(simulator, Asking.wire(body, map));
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid_request_error, invalid_api_key",
        "403, invalid_request_error, permission_denied",
        "418, invalid_request_error, ''",
        "429, requests, rate_limit_exceeded",
        "500, server_error, ''",
        "503, server_error, overloaded"
    })
    void failsWithAnyStatus(int status, String type, String code) {
        HttpResponse<String> byField =
                Asking.post(simulator, Asking.CHAT, STREAM, "x-sim-status", Integer.toString(status));
        HttpResponse<String> byModel =
                Asking.post(simulator, Asking.CHAT, "{\"model\":\"sim-" + status + "\",\"messages\":[]}");

        assertThat(byField.statusCode()).isEqualTo(status);
        assertThat(byField.body())
                .contains("\"type\":\"" + type + "\"")
                .contains(code.isEmpty() ? "\"code\":null" : "\"code\":\"" + code + "\"");
        assertThat(byModel.body()).isEqualTo(byField.body());
    }

    @Test
    void tellsWhenToComeBack() {
        HttpResponse<String> limited = Asking.post(simulator, Asking.CHAT, STREAM, "x-sim-status", "429");
        HttpResponse<String> down =
                Asking.post(simulator, Asking.CHAT, STREAM, "x-sim-status", "503", "x-sim-retry-after", "30");

        assertThat(limited.headers().firstValue("retry-after")).hasValue("1");
        assertThat(limited.headers().firstValue("x-ratelimit-remaining-requests"))
                .hasValue("0");
        assertThat(down.headers().firstValue("retry-after")).hasValue("30");
        assertThat(down.headers().firstValue("x-ratelimit-remaining-requests")).isEmpty();
    }

    @Test
    void tellsItsLimitsIfTold() {
        restart(SimulatorSettings.DEFAULT.withRateLimits(true));

        assertThat(Asking.get(simulator, "/v1/models").headers().firstValue("x-ratelimit-remaining-requests"))
                .hasValue("9999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void resetsHalfWay(boolean stream) throws IOException {
        try (Socket socket = open(stream ? STREAM : Asking.chat(""), "x-sim-fault", "reset")) {
            assertThatThrownBy(() -> Asking.readTo(socket, "never")).isInstanceOf(SocketException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void resetsBeforeTheFirstByte(boolean stream) throws IOException {
        try (Socket socket = open(stream ? STREAM : Asking.chat(""), "x-sim-fault", "reset-early")) {
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void truncatesABody() throws IOException {
        try (Socket socket = open(Asking.chat(""), "x-sim-fault", "truncate")) {
            String answer = Asking.readTo(socket, "never");
            String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
            int announced = Integer.parseInt(answer.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
            assertThat(body).hasSize(announced / 2).startsWith("{\"id\":");
        }
    }

    @Test
    void truncatesAChunk() throws IOException {
        try (Socket socket = open(STREAM, "x-sim-fault", "truncate", "x-sim-fault-after", "2")) {
            String answer = Asking.readTo(socket, "never");
            assertThat(answer).endsWith("100\r\ndata: {\"id\":\"cha").contains("\"You\"", "\" said:\"");
            assertThat(answer).doesNotContain("\" Hello\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void hangsUntilTheClientLeaves(boolean stream) throws IOException {
        try (Socket socket = open(stream ? STREAM : Asking.chat(""), "x-sim-fault", "hang")) {
            assertThat(Asking.silent(socket)).isTrue();
        }
        assertThat(simulator.requests().await(log -> log.cancelled() == 1, Asking.SOON))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void stallsHalfWay(boolean stream) throws IOException {
        try (Socket socket = open(stream ? STREAM : Asking.chat(""), "x-sim-fault", "stall")) {
            assertThat(Asking.readTo(socket, "\"model\":\"gpt-4o\"")).startsWith("HTTP/1.1 200 OK");
            assertThat(simulator.requests().openStreams()).isEqualTo(stream ? 1 : 0);
        }
        assertThat(simulator.requests().await(log -> log.cancelled() == 1 && log.openStreams() == 0, Asking.SOON))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void dribblesTheHeadAndThenIsWhole(boolean stream) {
        HttpResponse<String> response =
                Asking.post(simulator, Asking.CHAT, stream ? STREAM : Asking.chat(""), "x-sim-fault", "slow-head");

        assertThat(response.body()).contains(stream ? "[DONE]" : "chat.completion");
    }

    @Test
    void forgetsTheMarkOfTheEnd() {
        HttpResponse<String> response = Asking.post(simulator, Asking.CHAT, STREAM, "x-sim-fault", "no-done");

        assertThat(response.body()).endsWith("\"finish_reason\":\"stop\"}]}\n\n");
    }

    @Test
    void endsAStreamWithAnErrorEvent() {
        String chat = Asking.post(simulator, Asking.CHAT, STREAM, "x-sim-fault", "error-event")
                .body();
        String response = Asking.post(
                        simulator,
                        "/v1/responses",
                        "{\"model\":\"m\",\"stream\":true,\"input\":\"Hi\"}",
                        "x-sim-fault",
                        "error-event")
                .body();

        assertThat(chat.substring(chat.lastIndexOf("data: "))).startsWith("data: {\"error\":{\"message\":");
        assertThat(response).contains("event: error\ndata: {\"type\":\"error\",\"sequence_number\":16,");
        assertThat(Asking.post(simulator, Asking.CHAT, Asking.chat(""), "x-sim-fault", "error-event")
                        .statusCode())
                .isEqualTo(500);
    }

    @Test
    void breaksOffWithinItsJson() {
        assertThat(Asking.post(simulator, Asking.CHAT, STREAM, "x-sim-fault", "bad-json")
                        .body())
                .contains("data: {\"choices\":[{\"delta\":{\"content\":\n\n")
                .endsWith("data: [DONE]\n\n");
        assertThat(Asking.post(simulator, Asking.CHAT, Asking.chat(""), "x-sim-fault", "bad-json")
                        .body())
                .startsWith("{\"id\"")
                .doesNotEndWith("}");
    }

    @Test
    void faultsByModelName() throws IOException {
        try (Socket socket =
                Asking.open(simulator, Asking.wire("{\"model\":\"sim-reset-early\",\"messages\":[]}", Map.of()))) {
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "x-sim-fault, explode",
        "x-sim-status, ok",
        "x-sim-token-gap, 5",
        "x-sim-tokens, -1",
        "x-sim-first-token-delay, fast"
    })
    void refusesFieldsThatItDoesNotUnderstand(String name, String value) {
        HttpResponse<String> response = Asking.post(simulator, Asking.CHAT, STREAM, name, value);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("the field " + name + " can't be '" + value + "'");
    }

    @Test
    void takesItsTime() {
        long before = System.nanoTime();
        Asking.post(
                simulator,
                Asking.CHAT,
                STREAM,
                "x-sim-head-delay",
                "2ms",
                "x-sim-first-token-delay",
                "3ms",
                "x-sim-token-gap",
                "500us",
                "x-sim-tokens",
                "11");

        // a delay can't be shorter than it says, however busy the machine is
        assertThat(System.nanoTime() - before).isGreaterThan(10_000_000);
    }

    @Test
    void noticesThatAClientOfASilentStreamLeft() throws IOException {
        String idle = "{\"model\":\"sim-idle\",\"stream\":true,\"messages\":[]}";
        try (Socket socket = Asking.open(simulator, Asking.wire(idle, Map.of()))) {
            Asking.readTo(socket, "\"This\"");
            assertThat(simulator.requests().openStreams()).isEqualTo(1);
            assertThat(simulator.requests().openConnections()).isEqualTo(1);
        }

        assertThat(simulator.requests().await(log -> log.openConnections() == 0, Asking.SOON))
                .isTrue();
        assertThat(simulator.requests().openStreams()).isZero();
        assertThat(simulator.requests().cancelled()).isEqualTo(1);
    }

    @Test
    void sendsTheHeadBeforeASlowFirstToken() throws IOException {
        String slow = "{\"model\":\"sim-slow\",\"stream\":true,\"messages\":[]}";
        try (Socket socket = Asking.open(simulator, Asking.wire(slow, Map.of("x-sim-first-token-delay", "5m")))) {
            assertThat(Asking.readTo(socket, "\r\n\r\n")).contains("text/event-stream");
            assertThat(Asking.silent(socket)).isTrue();
        }
    }

    @Test
    void failsTheSameRequestsInEveryRunOfASeed() {
        SimulatorSettings.FaultRates rates = new SimulatorSettings.FaultRates(0.2, 0.2, 0.2, 0, 0, 0, 0.1);
        List<Integer> first = statuses(WATCHFUL.withFaults(rates).withSeed(7));
        List<Integer> again = statuses(WATCHFUL.withFaults(rates).withSeed(7));
        List<Integer> other = statuses(WATCHFUL.withFaults(rates).withSeed(8));

        assertThat(again).isEqualTo(first).contains(200, 429, 500, 503);
        assertThat(other).isNotEqualTo(first);
    }

    private List<Integer> statuses(SimulatorSettings settings) {
        restart(settings);
        return IntStream.range(0, 40)
                .map(i -> Asking.post(simulator, Asking.CHAT, Asking.chat(""), "x-sim-token-gap", "1us")
                        .statusCode())
                .boxed()
                .toList();
    }

    @Test
    void everyRateMeansItsFault() throws IOException {
        restart(WATCHFUL.withFaults(new SimulatorSettings.FaultRates(0, 0, 0, 0, 0, 1, 0)));
        try (Socket socket = Asking.open(simulator, Asking.wire(STREAM, Map.of()))) {
            assertThat(Asking.readTo(socket, "never")).endsWith("100\r\ndata: {\"id\":\"cha");
        }
        restart(WATCHFUL.withFaults(new SimulatorSettings.FaultRates(0, 0, 0, 1, 0, 0, 0)));
        try (Socket socket = Asking.open(simulator, Asking.wire(STREAM, Map.of()))) {
            assertThatThrownBy(() -> Asking.readTo(socket, "never")).isInstanceOf(SocketException.class);
        }
        restart(WATCHFUL.withFaults(new SimulatorSettings.FaultRates(0, 0, 0, 0, 1, 0, 0)));
        try (Socket socket = Asking.open(simulator, Asking.wire(STREAM, Map.of()))) {
            assertThat(Asking.silent(socket)).isTrue();
        }
    }

    @Test
    void packsBodiesAndStreams() throws Exception {
        restart(SimulatorSettings.DEFAULT.withGzip(true));

        assertThat(unpacked(Asking.chat(""), "Accept-Encoding"))
                .startsWith("{\"id\":")
                .endsWith("}");
        assertThat(unpacked(STREAM, "x-sim-encoding")).startsWith("data: ").endsWith("data: [DONE]\n\n");
    }

    private String unpacked(String body, String field) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.url() + Asking.CHAT))
                .header(field, "br, gzip")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<byte[]> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
