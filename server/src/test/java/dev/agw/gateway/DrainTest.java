package dev.agw.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.downstream.ConnectionLimits;
import dev.agw.downstream.Listeners;
import dev.agw.downstream.Meter;
import dev.agw.downstream.Port;
import dev.agw.http.Headers;
import dev.agw.telemetry.Format;
import dev.agw.telemetry.GatewayMetrics;
import dev.agw.telemetry.Limit;
import dev.agw.testing.Eventually;
import dev.agw.testing.LogRecorder;
import dev.agw.testing.PageText;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The three steps of an end, in front of a handler that answers when the test lets it.
@Timeout(60)
class DrainTest {
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final CountDownLatch answer = new CountDownLatch(1);
    private final Listeners listeners = new Listeners(ConnectionLimits.DEFAULT);
    private final GatewayMetrics metrics = new GatewayMetrics("test", 100);
    private Port port;
    private Thread draining = new Thread();

    @BeforeEach
    void start() throws IOException {
        port = listeners.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                (request, reply, lifeline) -> {
                    if (request.path().equals("/slow")) {
                        await(answer);
                    }
                    reply.head(204, new Headers(), 0);
                    reply.end();
                },
                new Uncounted());
    }

    @AfterEach
    void stop() throws InterruptedException {
        answer.countDown();
        draining.interrupt();
        draining.join();
        listeners.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Drain drain(Duration min, Duration max, Hurry hurry) {
        return new Drain(listeners, new Drain.Times(min, max), hurry, metrics);
    }

    private void begin(Drain drain) {
        draining = Thread.startVirtualThread(() -> {
            try {
                drain.run();
            } catch (InterruptedException testIsOver) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private RawClient busy() throws Exception {
        RawClient client = new RawClient(port.number()).send("GET /slow HTTP/1.1\r\nHost: test\r\n\r\n");
        Eventually.until("the request runs", () -> listeners.busy() == 1);
        return client;
    }

    private String connectionAfter(String path) throws IOException {
        try (RawClient client = new RawClient(port.number())) {
            return client.get(path).header("connection");
        }
    }

    private boolean refuses() {
        try (RawClient client = new RawClient(port.number())) {
            return client.ended();
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void letsClientsInForTheWholeFirstStepAlsoIfNobodyIsThere() throws Exception {
        begin(drain(LONG, LONG, Hurry.NONE));
        Eventually.until("clients are told to go", () -> connectionAfter("/").equals("close"));
        Eventually.until("nobody is connected", () -> listeners.connections() == 0);

        assertThat(connectionAfter("/")).isEqualTo("close");
        assertThat(draining.isAlive()).isTrue();
    }

    @Test
    void inAHurrySkipsTheFirstStepWhenNothingRuns() throws Exception {
        drain(LONG, LONG, Hurry.WITH_THE_LAST_REQUEST).run();

        assertThat(refuses()).isTrue();
    }

    @Test
    void inAHurryStaysInTheFirstStepWhileSomethingRuns() throws Exception {
        try (RawClient client = busy()) {
            begin(drain(LONG, LONG, Hurry.WITH_THE_LAST_REQUEST));
            Eventually.until(
                    "clients are told to go", () -> connectionAfter("/").equals("close"));
            assertThat(draining.isAlive()).isTrue();

            answer.countDown();
            assertThat(client.head().status()).isEqualTo(204);
            draining.join();
        }
    }

    @Test
    void letsWhatRunsGoOnBehindClosedPorts() throws Exception {
        try (RawClient client = busy()) {
            begin(drain(Duration.ZERO, LONG, Hurry.NONE));
            Eventually.until("nobody is let in", this::refuses);
            assertThat(listeners.busy()).isEqualTo(1);

            answer.countDown();
            assertThat(client.head().status()).isEqualTo(204);
            draining.join();
        }
    }

    @Test
    void saysHowMuchItLeavesBehind() throws Exception {
        try (LogRecorder log = new LogRecorder("dev.agw.gateway.Drain");
                RawClient client = busy()) {
            drain(Duration.ZERO, SHORT, Hurry.NONE).run();

            assertThat(client.socket().isClosed()).isFalse();
            assertThat(log.messages()).containsExactly("drained with 1 requests left; cutting them");
            assertThat(PageText.of(page -> metrics.scrape(Format.TEXT, page)))
                    .contains("\nagentgateway_drain_cut_requests_total 1\n");
        }
    }

    @Test
    void tellsWhatItIsGoingToWaitFor() throws Exception {
        try (RawClient client = busy()) {
            assertThat(client.socket().isConnected()).isTrue();
            assertThat(drain(SHORT, LONG, Hurry.NONE).begin()).isEqualTo(new Ending(SHORT, LONG, 1));
            assertThat(drain(SHORT, LONG, Hurry.WITH_THE_LAST_REQUEST).begin())
                    .isEqualTo(new Ending(Duration.ZERO, LONG, 1));
        }
    }

    private record Uncounted() implements Meter {
        @Override
        public void opened() {}

        @Override
        public void closed() {}

        @Override
        public void refused(Limit limit) {}

        @Override
        public void introductionRefused() {}

        @Override
        public void acceptFailed() {}

        @Override
        public int received(int bytes) {
            return bytes;
        }

        @Override
        public void sent(int bytes) {}
    }
}
