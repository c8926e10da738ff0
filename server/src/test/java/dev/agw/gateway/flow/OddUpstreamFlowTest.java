package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a backend answers, its client gets that answer or an error, and its next request gets its own.
class OddUpstreamFlowTest {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final int BODY = 8 << 20;

    private OddServer server;
    private TestGateway gateway;

    /// @param hangsUp whether the backend ends its connection behind the answer
    record Odd(String name, String method, String answer, boolean hangsUp, int status, String body) {
        static Odd stays(String name, String answer, String body) {
            return new Odd(name, "GET", answer, false, 200, body);
        }

        static Odd refused(String name, String answer) {
            return new Odd(name, "GET", answer, true, 502, "");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = new OddServer();
        gateway = TestGateway.serving(
                Manifest.hosts("plain", server.port()), Manifest.route("r", Manifest.rule("/", "plain")));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        server.close();
    }

    static List<Odd> odds() {
        return List.of(
                Odd.stays("trailers", CHUNKED + "5\r\nhello\r\n0\r\nX-T: evil\r\n\r\n", "hello"),
                Odd.stays("a chunk extension", CHUNKED + "5;x=y\r\nhello\r\n0\r\n\r\n", "hello"),
                Odd.stays("more than it said", OddServer.ok("ok") + "POISONED", "ok"),
                Odd.stays("a second answer", OddServer.ok("ok") + OddServer.ok("POISONED"), "ok"),
                Odd.stays(
                        "an announced close",
                        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
                        "ok"),
                new Odd("no length", "GET", "HTTP/1.1 200 OK\r\n\r\nuntil the end", true, 200, "until the end"),
                new Odd("HTTP/1.0", "GET", "HTTP/1.0 200 OK\r\n\r\nhello10", true, 200, "hello10"),
                new Odd("HEAD", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", false, 200, ""),
                new Odd("304", "GET", "HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n", false, 304, ""),
                new Odd("204", "GET", "HTTP/1.1 204 No Content\r\n\r\n", false, 204, ""),
                new Odd("204 with a body", "GET", "HTTP/1.1 204 No Content\r\n\r\nPOISONED", false, 204, ""),
                Odd.refused(
                        "length and chunks",
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
                Odd.refused("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok!"),
                Odd.refused("garbage", "<html>HTTP/0.9</html>\r\n\r\n"),
                Odd.refused("an upgrade that nobody asked for", "HTTP/1.1 101 Switching Protocols\r\n\r\n"),
                Odd.refused("nothing", ""));
    }

    @ParameterizedTest
    @MethodSource("odds")
    void answersOneRequestAndLeavesTheNextAlone(Odd odd) throws IOException {
        server.on("/odd", visit -> {
            visit.send(odd.answer());
            if (odd.hangsUp()) {
                visit.hangUp();
            }
        });

        try (RawClient client = gateway.client()) {
            client.send(Ask.head(odd.method(), "/odd") + "\r\n");
            RawClient.Answer answer = odd.method().equals("HEAD") ? client.head() : client.answer();

            assertThat(answer.status()).isEqualTo(odd.status());
            if (odd.status() != 502) {
                assertThat(answer.body()).isEqualTo(odd.body());
            }
            assertNextAreRight(client);
        }
    }

    private static void assertNextAreRight(RawClient client) throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThat(client.get("/next/" + i).body()).isEqualTo("/next/" + i);
        }
    }

    @Test
    void tellsTheLengthThatHeadAsksFor() throws IOException {
        server.on("/odd", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");

        try (RawClient client = gateway.client()) {
            client.send(Ask.head("HEAD", "/odd") + "\r\n");
            assertThat(client.head().header("content-length")).isEqualTo("100");
        }
    }

    @Test
    void handsOnEarlyHints() throws IOException {
        server.on("/odd", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OddServer.ok("ok"));

        try (RawClient client = gateway.client()) {
            RawClient.Answer hint = client.send(Ask.get("/odd")).head();

            assertThat(hint.status()).isEqualTo(103);
            assertThat(hint.header("link")).isEqualTo("</a>");
            assertThat(client.answer().body()).isEqualTo("ok");
            assertNextAreRight(client);
        }
    }

    @Test
    void handsOnARefusalWhileTheBodyIsStillComing() throws Exception {
        server.once("/odd", "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 7\r\n\r\ntoo big");

        try (RawClient client = gateway.client()) {
            client.send(Ask.head("POST", "/odd", "Content-Length: " + BODY) + "\r\n");
            Thread upload = Thread.startVirtualThread(() -> upload(client));
            RawClient.Answer answer = client.answer();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("too big");
            assertThat(answer.header("connection")).isEqualTo("close");
            client.close();
            upload.join();
        }
        assertThat(gateway.ask(Ask.get("/next")).body()).isEqualTo("/next");
    }

    private static void upload(RawClient client) {
        byte[] piece = new byte[64 << 10];
        try {
            for (int sent = 0; sent < BODY; sent += piece.length) {
                client.send(piece, 0, piece.length);
            }
        } catch (IOException expected) {
            // the gateway is free to close on a body that nobody wants
        }
    }

    @Test
    void uploadsWhatTheBackendReads() throws Exception {
        server.on("/odd", visit -> visit.send(OddServer.ok("read " + visit.body().length)));

        try (RawClient client = gateway.client()) {
            client.send(Ask.head("POST", "/odd", "Content-Length: " + BODY) + "\r\n");
            upload(client);

            assertThat(client.answer().body()).isEqualTo("read " + BODY);
            assertNextAreRight(client);
        }
    }

    @Test
    void asksForABodyThatWaitsToBeAskedFor() throws Exception {
        server.on("/odd", visit -> visit.send(OddServer.ok("read " + visit.body().length)));

        try (RawClient client = gateway.client()) {
            client.send(Ask.head("POST", "/odd", "Content-Length: 5", "Expect: 100-continue") + "\r\n");
            assertThat(client.head().status()).isEqualTo(100);

            assertThat(client.send("hello").answer().body()).isEqualTo("read 5");
            assertNextAreRight(client);
        }
    }
}
