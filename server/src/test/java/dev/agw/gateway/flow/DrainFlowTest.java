package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A gateway that is told to end sends new work elsewhere and finishes what it has.
@Timeout(60)
class DrainFlowTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final CountDownLatch finish = new CountDownLatch(1);
    private OddServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer().on("/stream", visit -> {
            visit.send(HEAD + "9\r\ndata: 1\n\n\r\n");
            awaitFinish();
            visit.send("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
        });
    }

    private void awaitFinish() throws IOException {
        try {
            finish.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @AfterEach
    void stop() throws IOException {
        finish.countDown();
        server.close();
    }

    private TestGateway serving(String shutdown) {
        return TestGateway.configured(
                "shutdown: " + shutdown,
                Manifest.hosts("plain", server.port()),
                Manifest.route("r", Manifest.rule("/", "plain")));
    }

    private static RawClient streaming(TestGateway gateway) throws IOException {
        RawClient client = gateway.client().send(Ask.get("/stream"));
        assertThat(client.head().status()).isEqualTo(200);
        assertThat(client.chunk()).isEqualTo("data: 1\n\n");
        return client;
    }

    @Test
    void finishesAStreamAndTakesNoNewWork() throws Exception {
        try (TestGateway gateway = serving("{min: 0s, max: 30s}");
                RawClient client = streaming(gateway)) {
            int port = gateway.port();
            gateway.process().shutdown();
            assertThat(gateway.page("readiness", "/healthz/ready").status()).isEqualTo(503);
            Eventually.until("nobody is let in", () -> refuses(port));
            assertThat(gateway.metrics().sum("agentgateway_requests_in_flight")).isEqualTo(1);

            finish.countDown();
            assertThat(client.chunk()).isEqualTo("data: 2\n\n");
            assertThat(client.chunk()).isEmpty();
            assertThat(client.ended()).isTrue();
            gateway.process().awaitEnd();
            assertThat(gateway.log()).anyMatch(line -> line.contains("\"outcome\":\"completed\""));
        }
    }

    private static boolean refuses(int port) {
        try (RawClient client = new RawClient(port)) {
            return client.ended();
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void stillAnswersForAWhileAndTellsClientsToGo() throws Exception {
        try (TestGateway gateway = serving("{min: 30s, max: 60s}");
                RawClient kept = gateway.client()) {
            assertThat(kept.get("/a").headers()).doesNotContainKey("connection");
            gateway.process().shutdown();
            assertThat(gateway.page("readiness", "/healthz/ready").status()).isEqualTo(503);
            assertThat(gateway.page("readiness", "/healthz/live").status()).isEqualTo(200);

            Eventually.until(
                    "answers end their connection",
                    () -> gateway.ask(Ask.get("/b")).header("connection").equals("close"));
            assertThat(kept.get("/c").header("connection")).isEqualTo("close");
            assertThat(kept.ended()).isTrue();
        }
    }

    @Test
    void cutsWhatTakesTooLong() throws Exception {
        try (TestGateway gateway = serving("{min: 0s, max: 1s}");
                RawClient client = streaming(gateway)) {
            gateway.process().shutdown();
            gateway.process().awaitEnd();

            assertThat(client.ended()).isTrue();
            assertThat(gateway.awaitLogLine("/stream")).contains("\"outcome\":\"shutdown\"");
        }
    }

    @Test
    void endsAtOnceWhenThereIsNothingToDo() throws Exception {
        try (TestGateway gateway = serving("{min: 0s, max: 60s}");
                RawClient idle = gateway.client()) {
            idle.get("/a");
            gateway.process().shutdown();
            gateway.process().awaitEnd();

            assertThat(idle.ended()).isTrue();
        }
    }
}
