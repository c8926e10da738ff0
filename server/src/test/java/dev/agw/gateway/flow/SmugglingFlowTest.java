package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.RawClient;
import dev.agw.testing.RecordingServer;
import dev.agw.testing.RecordingServer.Message;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a client sends, its backend gets nothing, or one message that can be read in one way only.
class SmugglingFlowTest {
    private static final String CANARY = "GET /canary HTTP/1.1\r\nHost: test\r\n\r\n";
    private static final String GET = "GET /x HTTP/1.1\r\nHost: test\r\n";
    private static final String POST = "POST /x HTTP/1.1\r\nHost: test\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String BODY = "\r\n\r\n0\r\n\r\n";

    private static RecordingServer server;
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        server = new RecordingServer();
        gateway = TestGateway.serving(
                Manifest.hosts("plain", server.port()),
                Manifest.route(
                        "r",
                        Manifest.rule("/", "plain"),
                        Manifest.bareRule(
                                "/admin",
                                "filters: [{type: RequestRedirect, requestRedirect: {statusCode: 302, hostname: elsewhere.example}}]")));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        server.close();
    }

    static List<String> refused() {
        return List.of(
                // a coding by other names, or behind one that others skip
                POST + "Content-Length: 4\r\nTransfer-Encoding: \"chunked\"" + BODY,
                POST + "Transfer-Encoding: chunked, identity" + BODY,
                POST + "Transfer-Encoding: identity, chunked" + BODY,
                POST + "Transfer-Encoding: chunked," + BODY,
                POST + "Transfer-Encoding: ,chunked" + BODY,
                POST + "Transfer-Encoding: chunked chunked" + BODY,
                POST + "Transfer-Encoding: chunked;q=1" + BODY,
                POST + "Transfer-Encoding: chunk" + BODY,
                POST + "Transfer-Encoding: x-chunked" + BODY,
                POST + "Transfer-Encoding: chunked\u000b" + BODY,
                POST + "Transfer-Encoding: \u000bchunked" + BODY,
                POST + "Transfer-Encoding: \u00a0chunked" + BODY,
                POST + "Transfer-Encoding: \0chunked" + BODY,
                POST + "Transfer-Encoding:\r\n chunked" + BODY,
                POST + "Transfer-Encoding:\r\n\tchunked" + BODY,
                POST + "Transfer-Encoding\t: chunked" + BODY,
                POST + "Transfer-Encoding\0: chunked" + BODY,
                POST + "\u000bTransfer-Encoding: chunked" + BODY,
                POST + "X: y\nTransfer-Encoding: chunked" + BODY,
                POST + "X: y\rTransfer-Encoding: chunked" + BODY,
                POST + "Transfer-Encoding:" + BODY,
                POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity" + BODY,
                POST + "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked" + BODY,
                POST + "Transfer-Encoding: chunked\r\nContent-Length: 0" + BODY,
                "GET /x HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\nTransfer-Encoding: chunked" + BODY,
                "POST /x HTTP/1.0\r\nHost: test\r\nContent-Length: 4\r\nTransfer-Encoding: chunked" + BODY,
                // lengths
                POST + "Content-Length: 4\r\ncontent-length: 0\r\n\r\nbody",
                POST + "Content-Length: 4,0\r\n\r\nbody",
                POST + "Content-Length: 4;0\r\n\r\nbody",
                POST + "Content-Length: 4.0\r\n\r\nbody",
                POST + "Content-Length: 4e0\r\n\r\nbody",
                POST + "Content-Length: 4_0\r\n\r\nbody",
                POST + "Content-Length: 4\u000c\r\n\r\nbody",
                POST + "Content-Length: \"4\"\r\n\r\nbody",
                POST + "Content-Length: \u00b2\r\n\r\nbody",
                POST + "Content-Length:\r\n 4\r\n\r\nbody",
                POST + "Content-Length : 4\r\n\r\nbody",
                POST + "Content-Length: 18446744073709551620\r\n\r\nbody",
                POST + "Content-Length: 4294967300x\r\n\r\nbody",
                // chunks
                CHUNKED + "-1\r\na\r\n0\r\n\r\n",
                CHUNKED + " 1\r\na\r\n0\r\n\r\n",
                CHUNKED + "1\t\r\na\r\n0\r\n\r\n",
                CHUNKED + "0_1\r\na\r\n0\r\n\r\n",
                CHUNKED + "1g\r\na\r\n0\r\n\r\n",
                CHUNKED + "\r\na\r\n0\r\n\r\n",
                CHUNKED + "1\ra\r\n0\r\n\r\n",
                CHUNKED + "1\r\na\n0\r\n\r\n",
                CHUNKED + "1\r\na0\r\n\r\n",
                CHUNKED + "1\r\na\r\n\r\n0\r\n\r\n",
                CHUNKED + "10000000000000001\r\na\r\n0\r\n\r\n",
                CHUNKED + "ffffffffffffffff\r\na\r\n0\r\n\r\n",
                CHUNKED + "1;a\nb\r\na\r\n0\r\n\r\n",
                CHUNKED + "1;a\0\r\na\r\n0\r\n\r\n",
                CHUNKED + "1;" + "x".repeat(300) + "\r\na\r\n0\r\n\r\n",
                CHUNKED + "0\n\n",
                CHUNKED + "0\r\nX: y\n\r\n",
                CHUNKED + "0\r\n folded: y\r\n\r\n",
                CHUNKED + "0\r\n" + "X: y\r\n".repeat(60) + "\r\n",
                // first lines
                "GET /x\r\n\r\n",
                "GET /x HTTP/0.9\r\nHost: test\r\n\r\n",
                "GET /x HTTP/1.10\r\nHost: test\r\n\r\n",
                "GET /x HTTP/01.1\r\nHost: test\r\n\r\n",
                "GET /x HTTP/3.0\r\nHost: test\r\n\r\n",
                "GET /x HTTP/1.1\tX\r\nHost: test\r\n\r\n",
                "GET\t/x HTTP/1.1\r\nHost: test\r\n\r\n",
                "get /x HTTP/1.1\r\nHost: test\r\n\r\n",
                "G\"T /x HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET /x\u0000 HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET /x\u00ff HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET test HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET http:///x HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET http://a@b/x HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET http://a\\b/x HTTP/1.1\r\nHost: test\r\n\r\n",
                "POST * HTTP/1.1\r\nHost: test\r\n\r\n",
                "CONNECT /x HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\n\r\n",
                "CONNECT 127.0.0.1:80 HTTP/1.0\r\n\r\n",
                // hosts
                "GET /x HTTP/1.1\r\nHost:\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a,b\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a;b\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a%00\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a@b\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a:\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a:80:81\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a:65536\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a:b\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: [::1\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: [evil]\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: ::1\r\n\r\n",
                "GET http://other/x HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET http://other/x HTTP/1.1\r\n\r\n",
                "GET /x HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",
                // names and values
                GET + "X\u00e9: y\r\n\r\n",
                GET + "X[]: y\r\n\r\n",
                GET + "X: y\u007f\r\n\r\n",
                GET + "X: y\u001b[2J\r\n\r\n",
                GET + "X\r\n\r\n",
                GET + "\tX: y\r\n\r\n",
                // paths that a backend could read as others
                "GET /x/../admin HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET /x/%2e%2E/admin HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET /x/..%2fadmin HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET /x/..;/admin HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET /x/..\\admin HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET /x%00 HTTP/1.1\r\nHost: test\r\n\r\n",
                "GET /x%zz HTTP/1.1\r\nHost: test\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatCouldBeReadInTwoWays(String request) throws IOException {
        int before = server.messages().size();
        try (RawClient client = gateway.client()) {
            boolean path = request.startsWith("GET /x/") || request.startsWith("GET /x%");
            String answers = client.send(path ? request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n") : request)
                    .send(path ? "" : CANARY)
                    .restOrReset();

            assertThat(answers).matches("(?s)HTTP/1\\.1 (?:400|404|405|414|431|501|505) .*");
            assertThat(answers.indexOf("HTTP/1.1 ", 1)).isNegative();
        }
        assertThat(server.messages()).hasSize(before);
        assertThat(server.oddities()).isEmpty();
    }

    /// A request that is not forbidden, and what is left of it.
    record Sound(String request, String line, String host, String body, List<String> framing) {
        @Override
        public String toString() {
            return request;
        }

        static Sound get(String request, String line, String host) {
            return new Sound(request, line, host, "", List.of());
        }

        static Sound chunked(String request, String body) {
            return new Sound(request, "POST /x HTTP/1.1", "test", body, List.of("transfer-encoding: chunked"));
        }

        static Sound length(String request, String body) {
            return new Sound(request, "POST /x HTTP/1.1", "test", body, List.of("content-length: " + body.length()));
        }
    }

    static List<Sound> sound() {
        return List.of(
                Sound.chunked(POST + "transfer-ENCODING:CHUNKED\r\n\r\n1\r\na\r\n0\r\n\r\n", "a"),
                Sound.chunked(POST + "Transfer-Encoding: \t chunked\t \r\n\r\n1\r\na\r\n0\r\n\r\n", "a"),
                Sound.chunked(CHUNKED + "0001;x=\"y\";z\r\na\r\nA\r\n0123456789\r\n00\r\n\r\n", "a0123456789"),
                Sound.chunked(
                        CHUNKED + "1\r\na\r\n0\r\nContent-Length: 9\r\nHost: evil\r\nAuthorization: x\r\n\r\n", "a"),
                Sound.chunked(
                        POST + "Connection: transfer-encoding\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
                        "a"),
                Sound.length(POST + "Content-Length:\t 004 \t\r\n\r\nbody", "body"),
                Sound.length(POST + "Content-Length: 4\r\nTransfer_Encoding: chunked\r\n\r\nbody", "body"),
                Sound.length(POST + "Content-Length: 4\r\nContent_Length: 0\r\n\r\nbody", "body"),
                Sound.length(POST + "Connection: content-length\r\nContent-Length: 4\r\n\r\nbody", "body"),
                Sound.length("\r\n" + POST + "Content-Length: 4\r\n\r\nbody", "body"),
                Sound.length(POST + "\r\n", ""),
                new Sound(
                        GET + "Content-Length: 4\r\n\r\nbody",
                        "GET /x HTTP/1.1",
                        "test",
                        "body",
                        List.of("content-length: 4")),
                Sound.get(
                        "GET http://Other.example:81/x?a=http://b HTTP/1.1\r\nHost: test\r\n\r\n",
                        "GET /x?a=http://b HTTP/1.1",
                        "Other.example:81"),
                Sound.get("GET http://other HTTP/1.1\r\nHost: test\r\n\r\n", "GET / HTTP/1.1", "other"),
                Sound.get("GET http://other?q HTTP/1.1\r\nHost: test\r\n\r\n", "GET /?q HTTP/1.1", "other"),
                Sound.get(
                        "GET /x HTTP/1.1\r\nHost: [2001:db8::1]:8080\r\n\r\n", "GET /x HTTP/1.1", "[2001:db8::1]:8080"),
                Sound.get("GET //evil/x HTTP/1.1\r\nHost: a_b.example\r\n\r\n", "GET //evil/x HTTP/1.1", "a_b.example"),
                Sound.get("GET /a%2Fb%41?<|> HTTP/1.1\r\nHost: test\r\n\r\n", "GET /a%2Fb%41?<|> HTTP/1.1", "test"),
                Sound.get("GET /x HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\n\r\n", "GET /x HTTP/1.1", "test"),
                Sound.get(
                        "GET /x HTTP/1.1\r\nHost: test\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                                + "HTTP2-Settings: ?\r\n\r\n",
                        "GET /x HTTP/1.1",
                        "test"),
                Sound.get(GET + "Connection: Upgrade\r\nUpgrade: websocket, h2c\r\n\r\n", "GET /x HTTP/1.1", "test"));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void forwardsTheRestAsOneMessage(Sound sound) throws IOException {
        int before = server.messages().size();
        try (RawClient client = gateway.client()) {
            assertThat(client.send(sound.request() + CANARY).answer().status()).isEqualTo(200);
            assertThat(client.answer().status()).isEqualTo(200);
        }
        assertThat(server.messages()).hasSize(before + 2);
        assertThat(server.last().line()).isEqualTo("GET /canary HTTP/1.1");
        Message seen = server.messages().get(before);
        assertThat(seen.line()).isEqualTo(sound.line());
        assertThat(seen.values("host")).containsExactly(sound.host());
        assertThat(seen.body()).isEqualTo(sound.body());
        assertThat(seen.fields())
                .filteredOn(field -> field.matches("(?:content.length|transfer.encoding|connection|upgrade"
                        + "|http2-settings|expect|te|trailer|keep-alive).*"))
                .isEqualTo(sound.framing());
        assertThat(server.oddities()).isEmpty();
    }

    @Test
    void neverEndsABodyThatBreaksTheRulesLate() throws IOException {
        int before = server.messages().size();
        String piece = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        try (RawClient client = gateway.client()) {
            client.send(CHUNKED + piece.repeat(4) + "1\r\nab\r\n0\r\n\r\n" + CANARY);

            assertThat(client.restOrReset()).startsWith("HTTP/1.1 400 ");
        }
        assertThat(server.messages()).hasSize(before);
        assertThat(server.oddities()).isEmpty();
    }

    @Test
    void matchesRoutesByWhatTheBackendWillRead() throws IOException {
        for (String path : List.of("/admin", "/%61dmin", "/admin/%7Ex", "/%61%64min?q=/x")) {
            assertThat(gateway.ask(Ask.get(path)).status()).isEqualTo(302);
        }
        assertThat(gateway.ask(Ask.get("/%41dmin")).status()).isEqualTo(200);
        assertThat(server.last().line()).isEqualTo("GET /%41dmin HTTP/1.1");
        assertThat(gateway.ask(Ask.get("/x%2Fadmin")).status()).isEqualTo(200);
        assertThat(server.last().line()).isEqualTo("GET /x%2Fadmin HTTP/1.1");
    }
}
