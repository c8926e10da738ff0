package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.BlackHole;
import dev.agw.testing.Eventually;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What a BackendConfigPolicy says of connections, and what a backend sees of it.
class ConnectionPolicyFlowTest {
    private final CountDownLatch gate = new CountDownLatch(1);
    private OddServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer();
        server.on("/connection", visit -> visit.send(OddServer.ok("" + visit.connection())));
        server.on("/held", visit -> {
            awaitGate();
            visit.send(OddServer.ok("at last"));
        });
    }

    @AfterEach
    void stop() throws IOException {
        gate.countDown();
        server.close();
    }

    private TestGateway serving(String policy, String... rule) {
        return TestGateway.serving(
                Manifest.hosts("plain", server.port()),
                Manifest.connections("plain", policy),
                Manifest.route("r", Manifest.rule("/", "plain", rule)));
    }

    @Test
    void requestsBeyondConnectionsAndWaitersAreRefused() throws Exception {
        String bounds = "connectionPool: {tcp: {maxConnections: 1}, http: {http1MaxPendingRequests: 1}}";
        try (TestGateway gateway = serving(bounds);
                RawClient busy = gateway.client();
                RawClient waiting = gateway.client()) {
            busy.send(Ask.get("/held"));
            Eventually.until("the first is there", () -> server.heads().size() == 1);
            waiting.send(Ask.get("/held"));
            gateway.awaitOneWaiting();

            RawClient.Answer refused = gateway.ask(Ask.get("/held"));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isNotEmpty();
            gate.countDown();
            assertThat(busy.answer().body()).isEqualTo("at last");
            assertThat(waiting.answer().body()).isEqualTo("at last");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aRequestThatWaitedInVainIsRefusedAndTheBackendNotBlamed() throws Exception {
        String policy = "connectTimeout: 1s, connectionPool: {tcp: {maxConnections: 1}}, "
                + "outlierDetection: {consecutive5xxErrors: 1, maxEjectionPercent: 100}";
        try (TestGateway gateway = serving(policy);
                RawClient busy = gateway.client()) {
            busy.send(Ask.get("/held"));
            Eventually.until("the first is there", () -> server.heads().size() == 1);
            RawClient.Answer refused = gateway.ask(Ask.get("/connection"));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isNotEmpty();
            gateway.awaitMetric(1, "agentgateway_limit_refusals_total", "limit=pool_pending");
            gateway.awaitMetric(1, "agentgateway_requests_total", "status=503", "reason=Internal");

            gate.countDown();
            assertThat(busy.answer().body()).isEqualTo("at last");
            assertThat(gateway.ask(Ask.get("/connection")).body()).isEqualTo("1");
        }
    }

    @Test
    void connectingTakesNoLongerThanItMay() throws Exception {
        try (BlackHole hole = new BlackHole()) {
            for (String policy : List.of("connectTimeout: 300ms", "connectionPool: {tcp: {connectTimeout: 300ms}}")) {
                try (TestGateway gateway = connecting("1h", hole, policy)) {
                    assertThat(gateway.ask(Ask.get("/x")).status()).isEqualTo(504);
                }
            }
        }
    }

    @Test
    void connectingMayTakeAsLongAsThePolicySays() throws Exception {
        try (BlackHole hole = new BlackHole();
                TestGateway gateway = connecting("10ms", hole, "connectionPool: {tcp: {connectTimeout: 2s}}")) {
            long start = System.nanoTime();
            assertThat(gateway.ask(Ask.get("/x")).status()).isEqualTo(504);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
        }
    }

    private static TestGateway connecting(String standard, BlackHole hole, String policy) {
        return TestGateway.configured(
                "upstream: {connectTimeout: " + standard + "}",
                Manifest.hosts("hole", hole.port()),
                Manifest.connections("hole", policy),
                Manifest.route("r", Manifest.rule("/", "hole")));
    }

    @Test
    void aConnectionEndsAfterItsShareOfRequests() throws Exception {
        try (TestGateway gateway = serving("connectionPool: {http: {maxRequestsPerConnection: 2}}");
                RawClient client = gateway.client()) {
            for (String connection : List.of("1", "1", "2")) {
                assertThat(client.send(Ask.get("/connection")).answer().body()).isEqualTo(connection);
            }
        }
    }

    @Test
    void noMoreRetriesRunAtATimeThanAllowed() throws Exception {
        server.on("/first", visit -> {
            if (count("/first") > 1) {
                awaitGate();
            }
            visit.send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
        });
        server.on("/second", visit -> visit.send("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"));
        try (TestGateway gateway = serving(
                        "connectionPool: {http: {maxRetries: 1}}", "retry: {attempts: 1, codes: [503], backoff: 1ms}");
                RawClient retrying = gateway.client()) {
            retrying.send(Ask.get("/first"));
            Eventually.until("a retry runs", () -> count("/first") == 2);

            assertThat(gateway.ask(Ask.get("/second")).status()).isEqualTo(503);
            assertThat(count("/second")).isEqualTo(1);
            gate.countDown();
            assertThat(retrying.answer().status()).isEqualTo(503);
            gateway.ask(Ask.get("/second"));
            assertThat(count("/second")).as("the first retry is over").isEqualTo(3);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theSystemProbesSilentConnectionsAsItIsTold() throws Exception {
        try (TestGateway gateway =
                serving("tcpKeepalive: {keepaliveTime: 60s, keepaliveInterval: 30s, keepaliveProbes: 3}")) {
            gateway.ask(Ask.get("/connection"));

            Eventually.until("a timer of at most 60 s", this::probedWithinAMinute);
        }
    }

    /// Looks for the connection to the server in the kernel's table: timer 02 is keep-alive, in hundredths of a second.
    private boolean probedWithinAMinute() throws IOException {
        String server = String.format(Locale.ROOT, ":%04X", this.server.port());
        for (String line : sockets()) {
            List<String> fields = List.of(line.strip().split("\\s+", -1));
            if (fields.get(2).endsWith(server) && fields.get(5).startsWith("02:")) {
                return Long.parseLong(fields.get(5).substring(3), 16) <= 6000;
            }
        }
        return false;
    }

    /// Java's sockets take both versions of IP, so the second table is where they are.
    private static List<String> sockets() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
        lines.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
        return lines;
    }

    private long count(String path) {
        return server.heads().stream().filter(head -> head.contains(path)).count();
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
