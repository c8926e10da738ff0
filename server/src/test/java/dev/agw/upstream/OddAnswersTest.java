package dev.agw.upstream;

import static dev.agw.upstream.TestCaller.get;
import static dev.agw.upstream.TestCaller.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.testing.OddServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What backends send, and what becomes of it and of the requests that follow.
class OddAnswersTest {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final TestCaller caller = new TestCaller();
    private OddServer server;
    private Origin origin;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer();
        origin = TestCaller.origin(server.port());
    }

    @AfterEach
    void stop() throws IOException {
        caller.close();
        server.close();
    }

    /// An answer that is allowed.
    ///
    /// @param kept whether the connection serves the next request
    record Odd(String name, String method, String answer, boolean hangsUp, String read, boolean kept) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Odd> allowed() {
        return List.of(
                new Odd("a length", "GET", OddServer.ok("hello"), false, "200 hello", true),
                new Odd("chunks", "GET", CHUNKED + "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n", false, "200 hello!", true),
                new Odd("trailers", "GET", CHUNKED + "5\r\nhello\r\n0\r\nX-T: evil\r\n\r\n", false, "200 hello", true),
                new Odd("an extension", "GET", CHUNKED + "5;x=y\r\nhello\r\n0\r\n\r\n", false, "200 hello", true),
                new Odd(
                        "early hints",
                        "GET",
                        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OddServer.ok("ok"),
                        false,
                        "200 ok",
                        true),
                new Odd(
                        "twenty interim answers",
                        "GET",
                        "HTTP/1.1 102 Processing\r\n\r\n".repeat(20) + OddServer.ok("ok"),
                        false,
                        "200 ok",
                        true),
                new Odd(
                        "HEAD with a length",
                        "HEAD",
                        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n",
                        false,
                        "200 ",
                        true),
                new Odd("304 without a length", "GET", "HTTP/1.1 304 Not Modified\r\n\r\n", false, "304 ", true),
                new Odd("204", "GET", "HTTP/1.1 204 No Content\r\n\r\n", false, "204 ", true),
                new Odd("204 with a body", "GET", "HTTP/1.1 204 No Content\r\n\r\nPOISONED", false, "204 ", false),
                new Odd("no length", "GET", "HTTP/1.1 200 OK\r\n\r\nuntil the end", true, "200 until the end", false),
                new Odd("HTTP/1.0", "GET", "HTTP/1.0 200 OK\r\n\r\nhello10", true, "200 hello10", false),
                new Odd(
                        "HTTP/1.0 with a length",
                        "GET",
                        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
                        false,
                        "200 ok",
                        false),
                new Odd(
                        "HTTP/1.0 that stays",
                        "GET",
                        "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok",
                        false,
                        "200 ok",
                        true),
                new Odd(
                        "an announced close",
                        "GET",
                        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
                        false,
                        "200 ok",
                        false),
                new Odd("no phrase", "GET", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", false, "200 ok", true),
                new Odd("more than it said", "GET", OddServer.ok("ok") + "POISONED", false, "200 ok", false),
                new Odd(
                        "a second answer",
                        "GET",
                        OddServer.ok("ok") + OddServer.ok("POISONED"),
                        false,
                        "200 ok",
                        false));
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void passesOnWhatIsAllowed(Odd odd) throws IOException {
        server.on("/odd", visit -> {
            visit.send(odd.answer());
            if (odd.hangsUp()) {
                visit.hangUp();
            }
        });

        assertThat(caller.fetch(origin, request(odd.method(), "/odd", Payload.NONE)))
                .isEqualTo(odd.read());
        assertThat(numbered()).isEqualTo(expected());
        assertThat(server.connections()).isEqualTo(odd.kept() ? 1 : 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok!",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 99 OK\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
                "<html>HTTP/0.9</html>\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n"
            })
    void refusesWhatCannotBeRead(String answer) throws IOException {
        server.on("/odd", answer);

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.call(origin, get("/odd")))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.UpstreamFailure.class))
                .satisfies(e -> assertThat(e.failure().status()).isEqualTo(502));
        assertThat(numbered()).isEqualTo(expected());
        assertThat(server.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x\r\n", "-5\r\nhello\r\n", "ffffffffffffffffff\r\n", "5\r\nhelloX\r\n0\r\n\r\n", "\r\n\r\n"})
    void refusesChunksThatCannotBeRead(String chunk) throws IOException {
        server.on("/odd", CHUNKED + chunk);

        try (UpstreamResponse response = caller.call(origin, get("/odd"))) {
            assertThatExceptionOfType(UpstreamBrokenException.class)
                    .isThrownBy(() -> TestCaller.text(response))
                    .satisfies(e -> assertThat(e.failure().status()).isEqualTo(502));
        }
        assertThat(numbered()).isEqualTo(expected());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n"
            })
    void tellsAnAnswerThatWasBrokenOffFromOneThatEnded(String answer) throws IOException {
        server.once("/odd", answer);

        try (UpstreamResponse response = caller.call(origin, get("/odd"))) {
            assertThatExceptionOfType(UpstreamBrokenException.class).isThrownBy(() -> TestCaller.text(response));
        }
        assertThat(numbered()).isEqualTo(expected());
    }

    @Test
    void refusesAHeadThatNeverEnds() {
        server.on("/odd", visit -> {
            visit.send("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 100_000; i++) {
                visit.send("X-" + i + ": yes\r\n");
            }
        });

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.call(origin, get("/odd")))
                .satisfies(e -> assertThat(e.failure().status()).isEqualTo(502));
    }

    @Test
    void refusesEndlessInterimAnswers() {
        server.on("/odd", "HTTP/1.1 102 Processing\r\n\r\n".repeat(40));

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.call(origin, get("/odd")))
                .satisfies(e -> assertThat(e.failure().status()).isEqualTo(502));
    }

    @Test
    void showsEarlyHintsToWhoAsksForThem() throws IOException {
        server.on("/odd", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OddServer.ok("ok"));
        List<String> hints = new ArrayList<>();

        caller.fetch(origin, get("/odd").hinting((headers, status) -> hints.add(status + " " + headers)));

        assertThat(hints).containsExactly("103 Link: </a>\n");
    }

    @Test
    void passesTrailersOn() throws IOException {
        server.on("/odd", CHUNKED + "5\r\nhello\r\n0\r\nX-Sum: 7\r\n\r\n");

        try (UpstreamResponse response = caller.call(origin, get("/odd"))) {
            TestCaller.text(response);
            assertThat(response.body().trailers()).hasToString("X-Sum: 7\n");
        }
    }

    @Test
    void neverServesBytesThatCameBetweenTwoRequests() throws Exception {
        Semaphore poisoned = new Semaphore(0);
        server.on("/late", visit -> {
            visit.send(OddServer.ok("ok"));
            visit.send(OddServer.ok("POISONED"));
            poisoned.release();
        });

        for (int round = 0; round < 20; round++) {
            assertThat(caller.fetch(origin, get("/late"))).isEqualTo("200 ok");
            poisoned.acquire();
            assertThat(caller.fetch(origin, get("/next/" + round))).isEqualTo("200 /next/" + round);
        }
    }

    private List<String> numbered() throws IOException {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(caller.fetch(origin, get("/number/" + i)));
        }
        return answers;
    }

    private static List<String> expected() {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add("200 /number/" + i);
        }
        return answers;
    }
}
