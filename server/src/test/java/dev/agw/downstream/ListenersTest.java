package dev.agw.downstream;

import static dev.agw.downstream.TestPort.ECHO;
import static dev.agw.downstream.TestPort.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.http.HeadLimits;
import dev.agw.telemetry.Chore;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Who is let in, and how that ends.
class ListenersTest {
    @Test
    void turnsConnectionsAwayBeyondTheirNumber() throws IOException {
        try (TestPort port = new TestPort(connections(1), ECHO);
                RawClient first = port.connect()) {
            assertThat(first.get("/").status()).isEqualTo(200);
            try (RawClient second = port.connect()) {
                assertThat(second.ended()).isTrue();
            }
            assertThat(port.refused).hasValue(1);
            assertThat(first.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void countsFailuresToAccept() throws IOException {
        try (TestPort port = new TestPort(connections(1), ECHO);
                RawClient first = port.connect()) {
            assertThat(first.get("/").status()).isEqualTo(200);
            port.onRefusal = () -> {
                throw new IllegalStateException("no");
            };
            try (RawClient second = port.connect()) {
                await(port.acceptFailed);
                assertThat(second.ended()).isTrue();
            }
            assertThat(port.failures(Chore.ACCEPT)).isEqualTo(1);
        }
    }

    @Test
    void acceptsAfterAnErrorThatKeptOneConnectionOut() throws IOException {
        Flaw flaw = new Flaw();
        try (TestPort port = new TestPort(TestPort.LIMITS, flaw, ECHO)) {
            flaw.shows = true;
            try (RawClient first = port.connect()) {
                assertThat(first.ended()).isTrue();
            }
            flaw.shows = false;
            try (RawClient second = port.connect()) {
                assertThat(second.get("/").status()).isEqualTo(200);
            }
            assertThat(port.failures(Chore.ACCEPT)).isEqualTo(1);
        }
    }

    /// A class that the gate needs, and that is missing while `shows` says so.
    private static final class Flaw implements BooleanSupplier {
        private volatile boolean shows;

        @Override
        public boolean getAsBoolean() {
            if (shows) {
                throw new NoClassDefFoundError("for a test");
            }
            return false;
        }
    }

    private static ConnectionLimits connections(int most) {
        return new ConnectionLimits(
                most,
                HeadLimits.REQUEST,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                1000);
    }

    @Test
    void announcesTheEndOfConnectionsWhileDraining() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                RawClient client = port.connect();
                RawClient idle = port.connect()) {
            assertThat(client.get("/").header("connection")).isEmpty();
            port.listeners.drain();
            assertThat(client.get("/").header("connection")).isEqualTo("close");
            assertThat(client.ended()).isTrue();
            assertThat(idle.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void endsIdleConnectionsAndFinishesRequestsWhenItStopsAccepting() throws IOException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    if (request.path().equals("/slow")) {
                        started.countDown();
                        await(go);
                    }
                    TestPort.text(reply, 200, "done");
                });
                RawClient busy = port.connect();
                RawClient idle = port.connect()) {
            idle.get("/");
            busy.send("GET /slow HTTP/1.1\r\nHost: test\r\n\r\n");
            await(started);
            port.listeners.stopAccepting();
            assertThat(idle.ended()).isTrue();
            assertThat(port.listeners.busy()).isEqualTo(1);
            go.countDown();
            assertThat(busy.answer().body()).isEqualTo("done");
            assertThat(busy.ended()).isTrue();
        }
    }
}
