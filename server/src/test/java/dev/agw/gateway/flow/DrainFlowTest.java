package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.gateway.Ending;
import dev.agw.gateway.Hurry;
import dev.agw.testing.Eventually;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
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

    private static Ending shutdown(TestGateway gateway, Hurry hurry) {
        AtomicReference<Ending> told = new AtomicReference<>();
        gateway.process().shutdown(hurry, told::set);
        return told.get();
    }

    @Test
    void finishesAStreamAndTakesNoNewWork() throws Exception {
        try (TestGateway gateway = serving("{min: 0s, max: 30s}");
                RawClient client = streaming(gateway)) {
            int port = gateway.port();
            shutdown(gateway, Hurry.NONE);
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
            shutdown(gateway, Hurry.NONE);
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
            shutdown(gateway, Hurry.NONE);
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
            shutdown(gateway, Hurry.NONE);
            gateway.process().awaitEnd();

            assertThat(idle.ended()).isTrue();
        }
    }

    @Test
    void inAHurryEndsAtOnceWhenNoRequestRuns() throws Exception {
        try (TestGateway gateway = serving("{min: 30m, max: 60m}");
                RawClient idle = gateway.client()) {
            idle.get("/a");

            Ending told = shutdown(gateway, Hurry.WITH_THE_LAST_REQUEST);
            assertThat(told.min()).isZero();
            assertThat(told.max()).isEqualTo(Duration.ofMinutes(60));
            gateway.process().awaitEnd();

            assertThat(idle.ended()).isTrue();
        }
    }

    @Test
    void inAHurryEndsWithTheLastRequest() throws Exception {
        try (TestGateway gateway = serving("{min: 30m, max: 60m}");
                RawClient client = streaming(gateway)) {
            assertThat(shutdown(gateway, Hurry.WITH_THE_LAST_REQUEST).requests())
                    .isEqualTo(1);
            assertThat(gateway.ask(Ask.get("/b")).header("connection")).isEqualTo("close");

            finish.countDown();
            assertThat(client.chunk()).isEqualTo("data: 2\n\n");
            assertThat(client.chunk()).isEmpty();
            gateway.process().awaitEnd();
        }
    }

    @Test
    void waitsForTenAndSixtySecondsUnlessItIsToldOtherwise() {
        try (TestGateway gateway = TestGateway.serving()) {
            assertThat(shutdown(gateway, Hurry.NONE))
                    .isEqualTo(new Ending(Duration.ofSeconds(10), Duration.ofSeconds(60), 0));
        }
    }

    @Test
    void parametersHaveTheLastWordOnHowLongItWaits() {
        String parameters = Manifest.resource(
                "enterpriseagentgateway.solo.io/v1alpha1",
                "EnterpriseAgentgatewayParameters",
                "params",
                "shutdown: {min: 15, max: 110}");
        try (TestGateway gateway = TestGateway.configured("shutdown: {min: 1s, max: 2s}", parameters)) {
            assertThat(shutdown(gateway, Hurry.NONE))
                    .isEqualTo(new Ending(Duration.ofSeconds(15), Duration.ofSeconds(110), 0));
        }
    }

    @Test
    void tellsWhatItWaitsForAndEndsOnce() throws Exception {
        try (TestGateway gateway = serving("{min: 30s, max: 60s}");
                RawClient client = streaming(gateway)) {
            assertThat(client.socket().isConnected()).isTrue();
            assertThat(shutdown(gateway, Hurry.NONE))
                    .isEqualTo(new Ending(Duration.ofSeconds(30), Duration.ofSeconds(60), 1));
            assertThat(shutdown(gateway, Hurry.NONE)).as("it is ending already").isNull();
        }
    }
}
