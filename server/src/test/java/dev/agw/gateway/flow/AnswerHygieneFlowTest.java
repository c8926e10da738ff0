package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a backend answers reaches the client as one sound answer, or as a 502.
class AnswerHygieneFlowTest {
    private static OddServer server;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        server = new OddServer();
        gateway = TestGateway.serving(
                Manifest.hosts("plain", server.port()), Manifest.route("r", Manifest.rule("/", "plain")));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        server.close();
    }

    static List<String> refused() {
        String end = "Content-Length: 2\r\n\r\nok";
        return List.of(
                "HTTP/1.1 200 OK\r\nX: a\0b\r\n" + end,
                "HTTP/1.1 200 OK\r\nX: a\rSet-Cookie: evil\r\n" + end,
                "HTTP/1.1 200 OK\r\nX: a\nSet-Cookie: evil\r\n" + end,
                "HTTP/1.1 200 OK\r\nX: a\r\n Set-Cookie: evil\r\n" + end,
                "HTTP/1.1 200 OK\r\nX : a\r\n" + end,
                "HTTP/1.1 200 OK\r\nX\u00e9: a\r\n" + end,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok",
                "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000) + "\r\n" + end,
                "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(300) + end,
                "HTTP/1.1 102 Processing\r\n\r\n".repeat(50) + "HTTP/1.1 200 OK\r\n" + end);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatCouldBeReadInTwoWays(String answer) throws IOException {
        server.on("/odd", visit -> {
            visit.send(answer);
            visit.awaitEnd();
        });

        try (RawClient client = gateway.client()) {
            RawClient.Answer refusal = client.get("/odd");
            assertThat(refusal.status()).isEqualTo(502);
            assertThat(refusal.toString()).doesNotContain("evil");
            assertThat(client.get("/next").body()).isEqualTo("/next");
        }
    }

    @Test
    void dropsThePhraseAndWhateverIsHiddenInIt() throws IOException {
        server.on("/odd", "HTTP/1.1 200 OK\u000bSet-Cookie: evil\r\nContent-Length: 2\r\n\r\nok");

        try (RawClient client = gateway.client()) {
            assertThat(client.send(Ask.get("/odd")).line()).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void neverEndsABodyWhoseChunksBreakTheRules() throws IOException {
        server.on("/odd", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nx\r\n");

        try (RawClient client = gateway.client()) {
            assertThat(client.send(Ask.get("/odd")).restOrReset()).doesNotContain("\r\n0\r\n\r\n");
        }
    }

    @Test
    void takesAwayWhatIsOfTheBackendsConnectionAndNoMore() throws IOException {
        server.on(
                "/odd",
                "HTTP/1.1 200 OK\r\nConnection: X-Hop, Set-Cookie, Content-Type, Strict-Transport-Security\r\n"
                        + "Keep-Alive: timeout=5\r\nUpgrade: h2c\r\nProxy-Authenticate: Basic\r\nTrailer: X-T\r\n"
                        + "X-Hop: 1\r\nSet-Cookie: a=b\r\nContent-Type: text/plain\r\n"
                        + "Strict-Transport-Security: max-age=1\r\nContent-Length: 2\r\n\r\nok");

        RawClient.Answer answer = gateway.ask(Ask.get("/odd"));

        assertThat(answer.headers())
                .containsKeys("set-cookie", "content-type", "strict-transport-security")
                .doesNotContainKeys("x-hop", "keep-alive", "upgrade", "proxy-authenticate", "trailer", "connection");
    }
}
