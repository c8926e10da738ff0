package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import dev.agw.testing.FrameClient;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is too much is refused with a status that says so, and counted.
@Timeout(60)
class LimitsFlowTest {
    private static final String REFUSALS = "agentgateway_limit_refusals_total";
    private static final String QUEUED = "agentgateway_requests_queued";

    private final CountDownLatch finish = new CountDownLatch(1);
    private OddServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer().on("/slow/1", visit -> {
            try {
                finish.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            visit.send(OddServer.ok("done"));
        });
    }

    @AfterEach
    void stop() throws IOException {
        finish.countDown();
        server.close();
    }

    private TestGateway limited(String limits) {
        return TestGateway.configured(
                "limits: " + limits,
                Manifest.hosts("plain", server.port()),
                Manifest.models("models", server.port()),
                Manifest.route("slow", Manifest.rule("/slow", "plain")),
                Manifest.route("other", Manifest.rule("/other", "plain")),
                Manifest.route("llm", Manifest.rule("/v1", "models")));
    }

    private RawClient occupying(TestGateway gateway) throws Exception {
        RawClient client = gateway.client().send(Ask.get("/slow/1"));
        Eventually.until("the backend has it", () -> server.heads().size() == 1);
        return client;
    }

    private static void assertRefused(RawClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("1");
    }

    @Test
    void refusesRequestsBeyondThoseItServes() throws Exception {
        try (TestGateway gateway = limited("{maxRequests: 1, maxQueuedRequests: 0}");
                RawClient first = occupying(gateway)) {
            assertRefused(gateway.ask(Ask.get("/other/1")));
            gateway.awaitMetric(1, REFUSALS, "limit=concurrent_requests");

            finish.countDown();
            assertThat(first.answer().body()).isEqualTo("done");
            Eventually.until(
                    "there is room again",
                    () -> gateway.ask(Ask.get("/other/2")).status() == 200);
        }
    }

    @Test
    void aRouteThatIsFullLeavesRoomForOthers() throws Exception {
        try (TestGateway gateway = limited("{maxRequestsPerRoute: 1, maxQueuedRequests: 0}");
                RawClient first = occupying(gateway)) {
            assertRefused(gateway.ask(Ask.get("/slow/2")));
            assertThat(gateway.ask(Ask.get("/other/1")).status()).isEqualTo(200);
            gateway.awaitMetric(1, REFUSALS, "limit=route_requests");
        }
    }

    @Test
    void aRequestWaitsForItsTurn() throws Exception {
        try (TestGateway gateway = limited("{maxRequests: 1, maxQueuedRequests: 1, queueTimeout: 30s}");
                RawClient first = occupying(gateway);
                RawClient second = gateway.client().send(Ask.get("/other/1"))) {
            gateway.awaitMetric(1, QUEUED);
            assertRefused(gateway.ask(Ask.get("/other/2")));

            finish.countDown();
            assertThat(first.answer().status()).isEqualTo(200);
            assertThat(second.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aRequestThatWaitedForTooLongIsRefused() throws Exception {
        try (TestGateway gateway = limited("{maxRequests: 1, queueTimeout: 100ms}");
                RawClient first = occupying(gateway)) {
            assertRefused(gateway.ask(Ask.get("/other/1")));
        }
    }

    @Test
    void whoeverLeavesTheQueueIsForgotten() throws Exception {
        try (TestGateway gateway = limited("{maxRequests: 1, queueTimeout: 30s}");
                RawClient first = occupying(gateway)) {
            try (RawClient second = gateway.client().send(Ask.get("/other/1"))) {
                gateway.awaitMetric(1, QUEUED);
            }
            gateway.awaitMetric(0, QUEUED);
            assertThat(gateway.awaitLogLine("/other/1")).contains("\"outcome\":\"client_gone\"");
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void bodiesBeyondTheMemoryForThemAreRefused() throws Exception {
        long budget = Runtime.getRuntime().maxMemory() / 100;
        String large = "x".repeat((int) Math.min(budget + (1 << 20), 200 << 20));
        try (TestGateway gateway = limited("{heapForBodies: 1, bodyBytes: 1GiB}");
                RawClient client = gateway.client()) {
            Thread upload = Thread.startVirtualThread(() -> {
                try {
                    client.send(Ask.post(Ask.CHAT, large));
                } catch (IOException expected) {
                    // refused before its end
                }
            });
            assertRefused(client.answer());
            client.close();
            upload.join();
            gateway.awaitMetric(1, REFUSALS, "limit=body_memory");
            gateway.awaitMetric(0, "agentgateway_body_held_bytes");
        }
    }

    @Test
    void oversizedHeadsAreCountedByWhatIsTooLarge() throws Exception {
        try (TestGateway gateway = limited("{headerCount: 10, uriBytes: 256}")) {
            assertThat(gateway.ask(Ask.get("/other/1", "A: " + "x".repeat(20_000)))
                            .status())
                    .isEqualTo(431);
            assertThat(gateway.ask(Ask.get("/other/" + "x".repeat(500))).status())
                    .isEqualTo(414);
            assertThat(gateway.ask(Ask.get("/other/1", "A: 1\r\n".repeat(20) + "B: 1"))
                            .status())
                    .isEqualTo(431);
            gateway.awaitMetric(1, REFUSALS, "limit=header_size");
            gateway.awaitMetric(1, REFUSALS, "limit=header_count");
            gateway.awaitMetric(1, REFUSALS, "limit=target_length");
        }
    }

    @Test
    void oversizedHeadsOfHttp2AreCountedByWhatIsTooLarge() throws Exception {
        try (TestGateway gateway = limited("{headerCount: 10, uriBytes: 256}");
                FrameClient client = FrameClient.connect(gateway.port())) {
            String[] many = new String[40];
            Arrays.fill(many, "a");
            client.get(1, "/other/1", many).next(FrameClient.HEADERS);
            client.get(3, "/other/" + "x".repeat(500)).next(FrameClient.HEADERS);
            client.get(5, "/other/1", "a", "x".repeat(15_000), "b", "x".repeat(1_000))
                    .next(FrameClient.HEADERS);
            gateway.awaitMetric(1, REFUSALS, "limit=header_count");
            gateway.awaitMetric(1, REFUSALS, "limit=target_length");
        }
    }
}
