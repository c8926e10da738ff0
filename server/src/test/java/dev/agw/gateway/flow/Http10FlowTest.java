package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Clients of HTTP/1.0 get what they can read.
class Http10FlowTest {
    private static final String CHUNKS =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";

    private OddServer server;
    private TestGateway gateway;

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

    @Test
    void seeNoChunksAndTheEndOfTheConnectionInstead() throws IOException {
        server.on("/chunks", CHUNKS);
        try (RawClient client = gateway.client()) {
            client.send("GET /chunks HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            RawClient.Answer answer = client.answer();

            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.headers()).doesNotContainKey("transfer-encoding");
            assertThat(answer.header("connection")).isEqualTo("close");
        }
    }

    @Test
    void keepTheirConnectionOnlyIfTheyAsk() throws IOException {
        try (RawClient client = gateway.client()) {
            RawClient.Answer kept = client.send("GET /one HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
                    .answer();
            assertThat(kept.header("connection")).isEqualTo("keep-alive");

            assertThat(client.send("GET /two HTTP/1.0\r\n\r\n").answer().body()).isEqualTo("/two");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void needNoHostAndAreForwardedWithTheBackends() throws IOException {
        gateway.ask("GET /one HTTP/1.0\r\n\r\n");

        assertThat(server.heads().getFirst())
                .startsWith("GET /one HTTP/1.1\r\n")
                .containsOnlyOnce("Host: 127.0.0.1:" + server.port() + "\r\n")
                .doesNotContainIgnoringCase("x-forwarded-host");
    }

    @Test
    void hearNothingOfInterimAnswers() throws IOException {
        server.on("/hint", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OddServer.ok("ok"));
        try (RawClient client = gateway.client()) {
            assertThat(client.send("GET /hint HTTP/1.0\r\n\r\n").answer().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void cannotLeaveHttp() throws IOException {
        gateway.ask("GET /ws HTTP/1.0\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");

        assertThat(server.heads().getFirst()).doesNotContainIgnoringCase("upgrade");
    }
}
