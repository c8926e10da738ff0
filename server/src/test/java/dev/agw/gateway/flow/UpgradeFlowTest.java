package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
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
    void endsWithAClientThatTakesNothing() throws Exception {
        server.on("/ws", visit -> {
            visit.send(SWITCH);
            flood(visit.out());
        });

        try (TestGateway impatient = serving("limits: {writeTimeout: 500ms}");
                RawClient client = impatient.client()) {
            assertThat(client.send(ASK).head().status()).isEqualTo(101);

            assertThat(impatient.awaitLogLine("\"status\":101")).contains("\"outcome\":\"client_gone\"");
            impatient.awaitMetric(0, "agentgateway_active_connections", "protocol=http");
            impatient.awaitMetric(0, "agentgateway_streams_in_flight");
            assertThat(impatient.metrics().sum("agentgateway_overhead_duration_seconds_sum"))
                    .as("the tunnel's time is not the gateway's")
                    .isLessThan(impatient.metrics().sum("agentgateway_request_duration_seconds_sum") / 2);
        }
    }

    @Test
    void endsWithABackendThatTakesNothing() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        server.on("/ws", visit -> {
            visit.send(SWITCH);
            await(over);
        });

        try (TestGateway impatient = serving("upstream: {streamIdleTimeout: 500ms}");
                RawClient client = impatient.client()) {
            assertThat(client.send(ASK).head().status()).isEqualTo(101);
            Thread.startVirtualThread(() -> flood(client));

            assertThat(impatient.awaitLogLine("\"status\":101")).contains("\"outcome\":\"timeout\"");
            impatient.awaitMetric(0, "agentgateway_active_connections", "protocol=http");
            impatient.awaitMetric(0, "agentgateway_streams_in_flight");
        } finally {
            over.countDown();
        }
    }

    @Test
    void mayBeSilentForLongerThanAWriteMayTake() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        server.on("/silent", visit -> {
            visit.send(SWITCH);
            await(over);
            visit.send("late");
            visit.hangUp();
        });
        server.on("/ws", visit -> {
            visit.send(SWITCH);
            flood(visit.out());
        });

        try (TestGateway impatient = serving("limits: {writeTimeout: 200ms}\nupstream: {streamIdleTimeout: 200ms}");
                RawClient silent = impatient.client();
                RawClient stuck = impatient.client()) {
            assertThat(silent.send(ASK.replace("/ws", "/silent")).head().status())
                    .isEqualTo(101);
            stuck.send(ASK).head();
            impatient.awaitLogLine("/ws");
            over.countDown();

            assertThat(silent.rest()).isEqualTo("late");
        }
    }

    private TestGateway serving(String settings) {
        return TestGateway.configured(
                settings, Manifest.hosts("plain", server.port()), Manifest.route("r", Manifest.rule("/", "plain")));
    }

    private static void flood(OutputStream out) {
        byte[] piece = new byte[64 << 10];
        try {
            while (true) {
                out.write(piece);
            }
        } catch (IOException expected) {
            // the end that the test waits for
        }
    }

    private static void flood(RawClient client) {
        try {
            flood(client.socket().getOutputStream());
        } catch (IOException expected) {
            // the test is over already
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
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
    void handsOnWhichProtocolIsWanted() throws Exception {
        server.on(
                "/old",
                "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\nno");

        RawClient.Answer answer = gateway.ask(Ask.get("/old"));

        assertThat(answer.status()).isEqualTo(426);
        assertThat(answer.header("upgrade")).isEqualTo("websocket");
        assertThat(answer.header("connection")).isEqualTo("Upgrade");
    }

    @Test
    void asksForNoUpgradeInTheNameOfWhoDoesNot() throws Exception {
        assertThat(gateway.ask(Ask.get("/ws", "Upgrade: websocket")).status()).isEqualTo(200);
        assertThat(server.heads().getFirst().toLowerCase(java.util.Locale.ROOT)).doesNotContain("upgrade");
    }
}
