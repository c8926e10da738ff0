package dev.agw.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.downstream.ConnectionLimits.Http2;
import dev.agw.http.HeadLimits;
import dev.agw.telemetry.Limit;
import dev.agw.testing.Eventually;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients that hold connections and send little are told to go, and each limit counts whom it turned away.
@Timeout(30)
class SuspicionTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private static ConnectionLimits limits(Duration head, ConnectionLimits.Suspicion suspicion) {
        return new ConnectionLimits(100, HeadLimits.REQUEST, LONG, head, LONG, LONG, 1000, suspicion, Http2.DEFAULT);
    }

    private static TestPort port(ConnectionLimits limits) throws IOException {
        return new TestPort(limits, (request, reply, lifeline) -> TestPort.text(reply, 200, TestPort.body(request)));
    }

    @Test
    void aClientGetsItsShareOfConnectionsAndNoMore() throws Exception {
        var two = new ConnectionLimits.Suspicion(2, LONG, 0, LONG);
        try (TestPort port = port(limits(LONG, two));
                RawClient first = port.connect();
                RawClient second = port.connect()) {
            assertThat(first.get("/").status()).isEqualTo(200);
            assertThat(second.get("/").status()).isEqualTo(200);
            try (RawClient third = port.connect()) {
                assertThat(third.ended()).isTrue();
            }
            Eventually.until("it is counted", () -> port.limits.contains(Limit.CONNECTIONS_PER_CLIENT));

            first.close();
            Eventually.until("there is room again", () -> port.listeners.connections() == 1);
            try (RawClient fourth = port.connect()) {
                assertThat(fourth.get("/").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aConnectionThatSaysNothingIsEnded() throws Exception {
        var impatient = new ConnectionLimits.Suspicion(100, SHORT, 0, LONG);
        try (TestPort port = port(limits(LONG, impatient));
                RawClient client = port.connect()) {
            assertThat(client.ended()).isTrue();
            assertThat(port.limits).containsExactly(Limit.FIRST_BYTE_TIME);
        }
    }

    @Test
    void aKeptConnectionEndsByAgeAndIsNoOffence() throws Exception {
        var impatient = new ConnectionLimits.Suspicion(100, Duration.ofSeconds(5), 0, LONG);
        ConnectionLimits brief =
                new ConnectionLimits(100, HeadLimits.REQUEST, SHORT, LONG, LONG, LONG, 1000, impatient, Http2.DEFAULT);
        try (TestPort port = port(brief);
                RawClient client = port.connect()) {
            assertThat(client.get("/").status()).isEqualTo(200);
            assertThat(client.ended()).isTrue();
            assertThat(port.limits).isEmpty();
        }
    }

    @Test
    void halfAPrefaceOfHttp2IsALateHead() throws Exception {
        try (TestPort port = port(limits(SHORT, ConnectionLimits.Suspicion.DEFAULT));
                RawClient client = port.connect()) {
            assertThat(client.send("PRI * HTTP/2").answer().status()).isEqualTo(408);
            assertThat(port.limits).containsExactly(Limit.HEAD_TIME);
        }
    }

    @Test
    void aHeadThatComesTooSlowlyIsRefused() throws Exception {
        try (TestPort port = port(limits(SHORT, ConnectionLimits.Suspicion.DEFAULT));
                RawClient client = port.connect()) {
            assertThat(client.send("GET / HT").answer().status()).isEqualTo(408);
            assertThat(port.limits).containsExactly(Limit.HEAD_TIME);
        }
    }

    @Test
    void aBodyThatFallsBehindItsPaceIsRefused() throws Exception {
        var pace = new ConnectionLimits.Suspicion(100, LONG, 1000, SHORT);
        try (TestPort port = port(limits(LONG, pace));
                RawClient client = port.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 1000\r\n\r\n0123456789");

            assertThat(client.answer().status()).isEqualTo(408);
            assertThat(port.limits).containsExactly(Limit.BODY_RATE);
        }
    }

    @Test
    void whatHasComeOfABodyBuysTime() {
        var pace = new ConnectionLimits.Suspicion(100, LONG, 1000, Duration.ofSeconds(5));

        assertThat(Duration.ofNanos(pace.patience(0))).isEqualTo(Duration.ofSeconds(5));
        assertThat(Duration.ofNanos(pace.patience(2000))).isEqualTo(Duration.ofSeconds(7));
        assertThat(new ConnectionLimits.Suspicion(100, LONG, 0, LONG).patience(1))
                .isZero();
    }

    @Test
    void nobodyIsLetInWhileMemoryIsShort() throws Exception {
        try (TestPort port = new TestPort(TestPort.LIMITS, () -> true, (request, reply, lifeline) -> {});
                RawClient client = port.connect()) {
            assertThat(client.ended()).isTrue();
            Eventually.until("it is counted", () -> port.limits.contains(Limit.HEAP));
        }
    }
}
