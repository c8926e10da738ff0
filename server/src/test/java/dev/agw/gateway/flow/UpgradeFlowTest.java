package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A connection that switches protocols belongs to client and backend alone.
class UpgradeFlowTest {
    private static final String ASK = Ask.get("/ws", "Connection: Upgrade", "Upgrade: websocket");
    private static final String SWITCH =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Own: 1\r\n\r\n";

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

    private static void echo(OddServer.Visit visit) throws IOException {
        visit.send(SWITCH + "welcome");
        for (int b = visit.in().read(); b >= 0; b = visit.in().read()) {
            visit.out().write(b);
        }
    }

    @Test
    void carriesBytesBothWays() throws Exception {
        server.on("/ws", UpgradeFlowTest::echo);

        try (RawClient client = gateway.client()) {
            RawClient.Answer head = client.send(ASK + "early").head();

            assertThat(head.status()).isEqualTo(101);
            assertThat(head.header("upgrade")).isEqualTo("websocket");
            assertThat(head.header("x-own")).isEqualTo("1");
            assertThat(new String(client.exactly(12), java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("welcomeearly");
            for (int i = 0; i < 100; i++) {
                client.send("frame " + i + "\n");
                assertThat(client.line()).isEqualTo("frame " + i);
            }
        }
        gateway.awaitMetric(1, "agentgateway_requests_total", "status=101", "reason=Upstream", "route=default/r");
        gateway.awaitMetric(0, "agentgateway_active_connections", "protocol=http");
        gateway.awaitMetric(0, "agentgateway_requests_in_flight");
    }

    @Test
    void endsWithItsBackend() throws Exception {
        server.once("/ws", SWITCH + "bye");

        try (RawClient client = gateway.client()) {
            client.send(ASK).head();

            assertThat(client.rest()).isEqualTo("bye");
        }
        assertThat(gateway.awaitLogLine("\"status\":101")).contains("\"outcome\":\"completed\"");
    }

    @Test
    void handsOnARefusalLikeAnyAnswer() throws Exception {
        server.on("/ws", "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");

        try (RawClient client = gateway.client()) {
            RawClient.Answer answer = client.send(ASK).answer();

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).isEqualTo("no");
            assertThat(client.get("/next").body()).isEqualTo("/next");
        }
    }

    @Test
    void asksForNoUpgradeInTheNameOfWhoDoesNot() throws Exception {
        assertThat(gateway.ask(Ask.get("/ws", "Upgrade: websocket")).status()).isEqualTo(200);
        assertThat(server.heads().getFirst().toLowerCase(java.util.Locale.ROOT)).doesNotContain("upgrade");
    }
}
