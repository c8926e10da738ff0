package dev.agw.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.downstream.ConnectionLimits.Http2;
import dev.agw.http.HeadLimits;
import dev.agw.testing.Eventually;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Heads that clients begin and do not end have a bound together, whatever each of them may take alone.
@Timeout(30)
class UnfinishedHeadsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String BEGUN = "GET / HTTP/1.1\r\nHost: test\r\nX: " + "x".repeat(12_000);
    /// What a connection holds for it on top of its small buffer.
    private static final int HELD = 15 * 1024;

    private static TestPort port() throws IOException {
        var suspicion = new ConnectionLimits.Suspicion(100, LONG, 0, LONG, 4 * HELD + 1000);
        return new TestPort(
                new ConnectionLimits(100, HeadLimits.REQUEST, LONG, LONG, LONG, LONG, 1000, suspicion, Http2.DEFAULT),
                TestPort.ECHO);
    }

    private static List<RawClient> four(TestPort port) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(port.connect().send(BEGUN));
        }
        Eventually.until("all is held", () -> port.listeners.heads().held() == 4 * HELD);
        return clients;
    }

    @Test
    void whoBeginsOneTooManyIsRefusedAndTheOthersAreServed() throws Exception {
        try (TestPort port = port();
                RawClient fifth = port.connect()) {
            List<RawClient> clients = four(port);
            assertThat(fifth.send(BEGUN).answer().status()).isEqualTo(503);
            assertThat(fifth.ended()).isTrue();
            for (RawClient client : clients) {
                assertThat(client.send("\r\n\r\n").answer().status()).isEqualTo(200);
                client.close();
            }
            Eventually.until("all is given back", () -> port.listeners.heads().held() == 0);
        }
    }

    @Test
    void aSmallHeadIsServedWhileLargeOnesFillTheRoom() throws Exception {
        try (TestPort port = port();
                RawClient small = port.connect()) {
            List<RawClient> clients = four(port);
            assertThat(small.get("/").status()).isEqualTo(200);
            for (RawClient client : clients) {
                client.close();
            }
            Eventually.until("all is given back", () -> port.listeners.heads().held() == 0);
            assertThat(small.send(BEGUN + "\r\n\r\n").answer().status()).isEqualTo(200);
        }
    }
}
