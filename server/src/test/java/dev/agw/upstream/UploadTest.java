package dev.agw.upstream;

import static dev.agw.upstream.TestCaller.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline.Cut;
import dev.agw.http.Body;
import dev.agw.http.Headers;
import dev.agw.http.Input;
import dev.agw.http.MessageBody;
import dev.agw.http.Source;
import dev.agw.net.EventLoop;
import dev.agw.testing.OddServer;
import dev.agw.upstream.UpstreamRequest.Patience;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Request bodies: small ones, large ones, ones that come slowly or not to their end.
class UploadTest {
    private static final int MIB = 1 << 20;

    private final TestCaller caller = new TestCaller();
    private OddServer server;
    private Origin origin;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer();
        origin = TestCaller.origin(server.port());
    }

    @AfterEach
    void stop() throws IOException {
        caller.close();
        server.close();
    }

    /// A body that asks for each piece anew.
    private static final class Pieces implements Body {
        private final long declared;
        private final Source source;
        private final byte[] array;
        private int length;

        Pieces(long declared, int room, Source source) {
            this.declared = declared;
            this.array = new byte[room];
            this.source = source;
        }

        @Override
        public boolean next() throws IOException {
            length = source.read(array, 0, array.length);
            return length >= 0;
        }

        @Override
        public byte[] array() {
            return array;
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public long declaredLength() {
            return declared;
        }
    }

    /// So many bytes, by pieces, as fast as they are wanted.
    private static Body zeros(long bytes, long declared) {
        AtomicLong left = new AtomicLong(bytes);
        return new Pieces(declared, 32 * 1024, (array, offset, length) -> {
            int piece = (int) Math.min(length, left.get());
            left.addAndGet(-piece);
            return piece == 0 ? -1 : piece;
        });
    }

    @Test
    void sendsASmallBodyInOnePieceThatCanBeSentAgain() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        server.on("/once", visit -> {
            byte[] body = visit.body();
            if (asked.incrementAndGet() == 2) {
                visit.reset();
            } else {
                visit.send(OddServer.ok("" + body.length));
            }
        });

        assertThat(caller.fetch(origin, request("POST", "/once", Payload.of(zeros(5000, 5000)))))
                .isEqualTo("200 5000");
        assertThat(caller.fetch(origin, request("POST", "/once", Payload.of(zeros(5000, 5000)))))
                .isEqualTo("200 5000");
        assertThat(caller.resent).hasValue(1);
    }

    @Test
    void sendsALargeBodyFromMemory() throws IOException {
        server.on("/count", visit -> visit.send(OddServer.ok("" + visit.body().length)));
        byte[] large = new byte[3 * MIB + 17];

        assertThat(caller.fetch(origin, request("POST", "/count", Payload.of(large))))
                .isEqualTo("200 " + large.length);
        assertThat(caller.fetch(origin, request("POST", "/count", Payload.of(large))))
                .isEqualTo("200 " + large.length);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void sendsChunksWhenTheLengthIsUnknown() throws IOException {
        server.on("/chunks", visit -> {
            String end = new String(visit.in().readNBytes(15), StandardCharsets.ISO_8859_1);
            visit.send(OddServer.ok(end));
        });
        Body body = new Pieces(-1, 8, onePiece("hello"));

        assertThat(caller.fetch(origin, request("POST", "/chunks", Payload.of(body))))
                .isEqualTo("200 5\r\nhello\r\n0\r\n\r\n");
        assertThat(server.heads().getFirst())
                .contains("Transfer-Encoding: chunked")
                .doesNotContain("Content-Length");
        assertThat(caller.fetch(origin, TestCaller.get("/next"))).isEqualTo("200 /next");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void sendsAndReceivesAtTheSameTimeInBoundedMemory() throws IOException {
        long size = 64L * MIB;
        server.on("/echo", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
            copy(visit.in(), visit, size);
        });

        long received = 0;
        try (UpstreamResponse response = caller.call(origin, request("POST", "/echo", Payload.of(zeros(size, size))))) {
            while (response.body().next()) {
                received += response.body().length();
                assertThat(response.body().array().length).isLessThanOrEqualTo(64 * 1024);
            }
        }
        assertThat(received).isEqualTo(size);
        assertThat(caller.fetch(origin, TestCaller.get("/next"))).isEqualTo("200 /next");
    }

    @Test
    void deliversAnEarlyAnswerWhileTheClientIsStillSending() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        server.on("/early", "HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
        Body stalled = new Pieces(MIB, 16, (array, offset, length) -> {
            asked.countDown();
            await(answered);
            return length;
        });

        try (UpstreamResponse response = caller.call(origin, request("POST", "/early", Payload.of(stalled)))) {
            await(asked);
            assertThat(response.status() + " " + TestCaller.text(response)).isEqualTo("413 big");
        }
        assertThat(caller.pools().getFirst().open()).isZero();
        answered.countDown();
    }

    @Test
    void deliversTheAnswerOfABackendThatStopsReading() throws IOException {
        server.on("/early", visit -> {
            visit.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
            visit.socket().shutdownOutput();
        });

        try (UpstreamResponse response =
                caller.call(origin, request("POST", "/early", Payload.of(zeros(64L * MIB, 64L * MIB))))) {
            assertThat(response.status()).isEqualTo(413);
        }
    }

    @Test
    void waitsForTheClientAsLongAsItSends() throws IOException {
        Patience brief = new Patience(
                Duration.ofMillis(50).toNanos(), Duration.ofSeconds(10).toNanos());
        AtomicLong pieces = new AtomicLong();
        long start = System.nanoTime();
        server.on("/slow", visit -> visit.send(OddServer.ok("" + visit.body().length)));
        Body slow = new Pieces(100_000, 1000, (array, offset, length) -> {
            while (System.nanoTime() - start < Duration.ofMillis(150).toNanos()) {
                Thread.onSpinWait();
            }
            return pieces.incrementAndGet() > 100 ? -1 : length;
        });
        UpstreamRequest request = new UpstreamRequest("POST", "/slow", new Headers(), Payload.of(slow), brief);

        assertThat(caller.fetch(origin, request)).isEqualTo("200 100000");
    }

    @Test
    void startsTheBackendsTimeWhenTheRequestIsComplete() {
        Patience brief = new Patience(
                Duration.ofMillis(50).toNanos(), Duration.ofSeconds(10).toNanos());
        server.on("/hang", OddServer.Visit::awaitEnd);
        UpstreamRequest request =
                new UpstreamRequest("POST", "/hang", new Headers(), Payload.of(zeros(MIB, MIB)), brief);

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.call(origin, request))
                .satisfies(e -> assertThat(e.failure())
                        .isInstanceOfSatisfying(
                                Failure.TimedOut.class,
                                late -> assertThat(late.which()).isEqualTo(Cut.BACKEND_TIMEOUT)));
    }

    @Test
    void tellsAClientThatLeftFromABackendThatBroke() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        server.on("/x", visit -> {
            visit.awaitEnd();
            ended.countDown();
        });

        for (long declared : new long[] {100, MIB, -1}) {
            Body gone = new Pieces(declared, 10, (array, offset, length) -> {
                throw new EOFException("the connection ended");
            });
            assertThatExceptionOfType(ClientGoneException.class)
                    .isThrownBy(() -> caller.call(origin, request("POST", "/x", Payload.of(gone))));
        }
        assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsAClientThatItsChunksAreWrong() {
        server.on("/x", OddServer.Visit::awaitEnd);
        Body wrong = new MessageBody(
                new Input(onePiece("xyz\r\n"), EventLoop.current().arrays(), 64),
                new dev.agw.http.Framing.Chunked(),
                400);

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.call(origin, request("POST", "/x", Payload.of(wrong))))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.BadRequest.class))
                .satisfies(e -> assertThat(e.failure().status()).isEqualTo(400));
    }

    @Test
    void refusesABodyThatIsLongerThanAnnounced() {
        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.call(origin, request("POST", "/x", Payload.of(zeros(70_000, 10)))))
                .satisfies(e -> assertThat(e.failure().status()).isEqualTo(413));
    }

    private static Source onePiece(String text) {
        AtomicInteger reads = new AtomicInteger();
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return (array, offset, length) -> {
            if (reads.getAndIncrement() > 0) {
                return -1;
            }
            System.arraycopy(bytes, 0, array, offset, bytes.length);
            return bytes.length;
        };
    }

    private static void copy(InputStream in, OddServer.Visit visit, long bytes) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (long left = bytes; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            visit.out().write(buffer, 0, read);
            left -= read;
        }
        visit.out().flush();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
