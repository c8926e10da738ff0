package dev.agw.gateway.flow;

import static dev.agw.testing.FrameClient.HEADERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.FrameClient;
import dev.agw.testing.Identity;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import dev.agw.testing.TlsClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The header of a proxy in front comes before whatever else a connection begins with.
class IntroducedFlowTest {
    private static final String LINE = "PROXY TCP4 203.0.113.9 10.0.0.1 41234 443\r\n";
    private static final String BINARY =
            "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c" + "\u00cb\0q\t\n\0\0\u0001\u00a1\u0012\u0001\u00bb";
    private static final String CLIENT = "X-Forwarded-For: 203.0.113.9\r\n";

    private static final String HTTPS =
            "{name: https, port: 0, protocol: HTTPS, tls: {certificateRefs: [{name: own}]}}";

    @TempDir
    static Path keys;

    private static Identity identity;

    private OddServer server;

    @BeforeAll
    static void identity() throws Exception {
        identity = Identity.of(keys, "dns:a.test");
    }

    @BeforeEach
    void start() throws IOException {
        server = new OddServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static int port(TestGateway gateway) {
        return gateway.ports("https").getFirst();
    }

    static List<String> headers() {
        return List.of(LINE, BINARY);
    }

    private TestGateway serving(String listener) throws Exception {
        return TestGateway.bare(
                "clients: {trustedProxies: 127.0.0.1, proxyProtocol: required}\n",
                Manifest.gateway(listener),
                identity.secret("own"),
                Manifest.hosts("plain", server.port()),
                Manifest.route("r", Manifest.rule("/", "plain")));
    }

    private static Socket introduced(int port, String header) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(header.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private void assertNamed(TestGateway gateway, String protocol, String path) throws Exception {
        assertThat(server.heads().getLast()).contains(path).containsIgnoringCase(CLIENT);
        assertThat(gateway.awaitLogLine("\"path\":\"" + path + "\""))
                .contains("\"client\":\"203.0.113.9\"", "\"protocol\":\"" + protocol + "\"");
    }

    @ParameterizedTest
    @MethodSource("headers")
    void beforeATlsHandshake(String header) throws Exception {
        try (TestGateway gateway = serving(HTTPS);
                RawClient client = TlsClient.to("a.test").over(introduced(port(gateway), header))) {
            assertThat(TlsClient.shown(client)).isEqualTo(identity.certificate());
            assertThat(client.send("GET /tls HTTP/1.1\r\nHost: a.test\r\n\r\n")
                            .answer()
                            .body())
                    .isEqualTo("/tls");
            assertNamed(gateway, "HTTP/1.1", "/tls");
        }
    }

    @ParameterizedTest
    @MethodSource("headers")
    void beforeHttp2(String header) throws Exception {
        try (TestGateway gateway = serving("{name: http, port: 0, protocol: HTTP}");
                FrameClient client = FrameClient.over(introduced(gateway.port(), header))) {
            client.get(1, "/h2c").next(HEADERS);
            assertThat(client.body(1)).isEqualTo("/h2c");
            assertNamed(gateway, "HTTP/2", "/h2c");
        }
    }

    @ParameterizedTest
    @MethodSource("headers")
    void beforeHttp2OverTls(String header) throws Exception {
        try (TestGateway gateway = serving(HTTPS);
                RawClient secured = TlsClient.to("a.test").offering("h2").over(introduced(port(gateway), header));
                FrameClient client = FrameClient.over(secured.socket())) {
            client.get(1, "/h2").next(HEADERS);
            assertThat(client.body(1)).isEqualTo("/h2");
            assertNamed(gateway, "HTTP/2", "/h2");
        }
    }

    @ParameterizedTest
    @MethodSource("headers")
    void andIsNotTakenForGrantedBeforeTls(String header) throws Exception {
        try (TestGateway gateway = serving(HTTPS);
                Socket unnamed = introduced(port(gateway), "");
                RawClient named = TlsClient.to("a.test").over(introduced(port(gateway), header))) {
            unnamed.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
            unnamed.setSoTimeout(10_000);

            assertThat(ended(unnamed)).isTrue();
            assertThat(named.send("GET /x HTTP/1.1\r\nHost: a.test\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(200);
            gateway.awaitMetric(1, "agentgateway_proxy_protocol_errors_total");
        }
    }

    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException silent) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
