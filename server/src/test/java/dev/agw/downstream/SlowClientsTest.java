package dev.agw.downstream;

import static dev.agw.downstream.TestPort.ECHO;
import static dev.agw.downstream.TestPort.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.Reply;
import dev.agw.http.HeadLimits;
import dev.agw.http.Headers;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Clients that take too much time for their share of an exchange are given up.
class SlowClientsTest {
    @Test
    void closesConnectionsThatSayNothing() throws IOException {
        try (TestPort port = new TestPort(limits(50, 20_000, 20_000), ECHO);
                RawClient silent = port.connect()) {
            assertThat(silent.ended()).isTrue();
        }
    }

    @Test
    void answers408ToAHeadThatStalls() throws IOException {
        try (TestPort port = new TestPort(limits(20_000, 50, 20_000), ECHO);
                RawClient slow = port.connect()) {
            slow.send("GET / HT");
            assertThat(slow.answer().status()).isEqualTo(408);
            assertThat(slow.ended()).isTrue();
        }
    }

    @Test
    void answers408ToABodyThatStalls() throws IOException {
        try (TestPort port = new TestPort(limits(20_000, 20_000, 50), ECHO);
                RawClient stalled = port.connect()) {
            stalled.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nab");
            assertThat(stalled.answer().status()).isEqualTo(408);
            assertThat(stalled.ended()).isTrue();
        }
    }

    @Test
    void answers408ToABodyThatTrickles() throws IOException {
        try (TestPort port = new TestPort(limits(20_000, 20_000, 200), ECHO);
                RawClient slow = port.connect()) {
            slow.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\n");
            Thread trickle = Thread.startVirtualThread(() -> trickle(slow));
            assertThat(slow.answer().status()).isEqualTo(408);
            trickle.interrupt();
        }
    }

    /// Sends a byte now and then, up to the end of the connection.
    private static void trickle(RawClient client) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                client.send("x");
                LockSupport.parkNanos(20_000_000);
            }
        } catch (IOException expected) {
            // the other side has enough
        }
    }

    @Test
    void answers408ToTrailersThatStall() throws IOException {
        try (TestPort port = new TestPort(limits(20_000, 20_000, 50), ECHO);
                RawClient stalled = port.connect()) {
            stalled.send("POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX");
            assertThat(stalled.answer().status()).isEqualTo(408);
        }
    }

    private static ConnectionLimits limits(int idle, int head, int body) {
        return new ConnectionLimits(
                100,
                HeadLimits.REQUEST,
                Duration.ofMillis(idle),
                Duration.ofMillis(head),
                Duration.ofMillis(body),
                Duration.ofSeconds(20),
                1000);
    }

    @Test
    void endsAnAnswerThatItsClientDoesNotTake() throws IOException {
        ConnectionLimits brief = new ConnectionLimits(
                100,
                HeadLimits.REQUEST,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofMillis(50),
                1000);
        CountDownLatch ended = new CountDownLatch(1);
        try (TestPort port = new TestPort(brief, (request, reply, lifeline) -> flood(reply, ended));
                RawClient client = port.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            await(ended);
        }
    }

    @Test
    void endsAnAnswerThatIsNotTakenWhenTheExchangeIsCut() throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    lifeline.limit(Duration.ofMillis(50).toNanos());
                    flood(reply, ended);
                });
                RawClient client = port.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            await(ended);
        }
    }

    /// Writes until the client is given up.
    private static void flood(Reply reply, CountDownLatch ended) {
        reply.head(200, new Headers(), -1);
        byte[] piece = new byte[1 << 20];
        try {
            while (true) {
                reply.write(piece, 0, piece.length);
            }
        } catch (ClientGoneException expected) {
            ended.countDown();
        }
    }
}
