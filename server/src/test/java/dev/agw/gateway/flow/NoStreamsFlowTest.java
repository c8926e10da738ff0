package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.http2.Settings;
import dev.agw.testing.Eventually;
import dev.agw.testing.FrameServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A backend that takes no streams for now, as one that starts or is about to end: another connection would be told the
/// same, so requests wait.
@Timeout(60)
class NoStreamsFlowTest {
    private static final Settings NONE = streams(0);
    private static final int REQUESTS = 20;

    private FrameServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FrameServer(NONE);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static Settings streams(int most) {
        Settings initial = Settings.INITIAL;
        return new Settings(
                initial.headerTableSize(),
                true,
                most,
                initial.initialWindowSize(),
                initial.maxFrameSize(),
                initial.maxHeaderListSize());
    }

    private TestGateway patient(String connectTimeout, String... more) {
        String policy = "http2ProtocolOptions: {}, connectTimeout: " + connectTimeout;
        return TestGateway.serving(
                Manifest.hosts("plain", server.port()),
                Manifest.connections("plain", String.join(", ", policy, String.join(", ", more))),
                Manifest.route("r", Manifest.rule("/", "plain")));
    }

    private static List<RawClient> asking(TestGateway gateway) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            clients.add(gateway.client().send(Ask.get("/n" + i)));
        }
        return clients;
    }

    private static void awaitWaiting(TestGateway gateway) throws Exception {
        Eventually.until(
                "all wait",
                () -> gateway.page("admin", "/pools").body().replace(" ", "").contains("\"pending\":" + REQUESTS));
    }

    @Test
    void requestsThatWaitedInVainAreRefused() throws Exception {
        try (TestGateway gateway = patient("2s")) {
            List<RawClient> clients = asking(gateway);
            awaitWaiting(gateway);
            for (RawClient client : clients) {
                assertThat(client.answer().status()).isEqualTo(503);
                client.close();
            }
            assertThat(server.connections).hasValue(1);
            assertThat(server.heads).isEmpty();
            gateway.awaitMetric(REQUESTS, "agentgateway_requests_total", "status=503", "reason=UpstreamFailure");
        }
    }

    @Test
    void requestsForWhichNoConnectionMayBeMadeAreRefusedAndTheBackendNotBlamed() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.settings(streams(1));
        server.on("/held", visit -> {
            await(gate);
            visit.answer("at last");
        });
        try (TestGateway gateway = patient(
                        "1s",
                        "connectionPool: {tcp: {maxConnections: 1}}",
                        "outlierDetection: {consecutive5xxErrors: 1, maxEjectionPercent: 100}");
                RawClient busy = gateway.client().send(Ask.get("/held"))) {
            Eventually.until("the first is there", () -> server.heads.size() == 1);
            assertThat(gateway.ask(Ask.get("/x")).status()).isEqualTo(503);
            gateway.awaitMetric(1, "agentgateway_limit_refusals_total", "limit=pool_pending");

            gate.countDown();
            assertThat(busy.answer().body()).isEqualTo("at last");
            assertThat(gateway.ask(Ask.get("/x")).body()).isEqualTo("/x");
        }
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anotherBackendTakesWhatThisOneDoesNot() throws Exception {
        try (FrameServer other = new FrameServer();
                TestGateway gateway = TestGateway.serving(
                        Manifest.hosts("plain", server.port(), other.port()),
                        Manifest.connections("plain", "http2ProtocolOptions: {}, connectTimeout: 1s"),
                        Manifest.route("r", Manifest.rule("/", "plain", "retry: {attempts: 1, backoff: 1ms}")))) {
            Eventually.until("both were tried", () -> {
                assertThat(gateway.ask(Ask.get("/x")).body()).isEqualTo("/x");
                return server.connections.get() > 0;
            });
            assertThat(server.heads).isEmpty();
        }
    }

    @Test
    void requestsThatWaitAreServedOnceThereIsRoom() throws Exception {
        try (TestGateway gateway = patient("30s")) {
            List<RawClient> clients = asking(gateway);
            awaitWaiting(gateway);
            server.settings(streams(3));
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(clients.get(i).answer().body()).isEqualTo("/n" + i);
                clients.get(i).close();
            }
            assertThat(server.heads).hasSize(REQUESTS);
        }
    }
}
