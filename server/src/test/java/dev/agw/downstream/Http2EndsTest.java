package dev.agw.downstream;

import static dev.agw.testing.FrameClient.DATA;
import static dev.agw.testing.FrameClient.END_HEADERS;
import static dev.agw.testing.FrameClient.END_STREAM;
import static dev.agw.testing.FrameClient.GOAWAY;
import static dev.agw.testing.FrameClient.HEADERS;
import static dev.agw.testing.FrameClient.PING;
import static dev.agw.testing.FrameClient.RST_STREAM;
import static dev.agw.testing.FrameClient.SETTINGS;
import static dev.agw.testing.FrameClient.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agw.downstream.ConnectionLimits.Http2;
import dev.agw.downstream.ConnectionLimits.Suspicion;
import dev.agw.exchange.Reply;
import dev.agw.http.HeadLimits;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.http2.ErrorCode;
import dev.agw.telemetry.Flood;
import dev.agw.testing.Eventually;
import dev.agw.testing.FrameClient;
import dev.agw.testing.FrameClient.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What crosses the end of a stream or of a connection on its way.
@Timeout(60)
class Http2EndsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int FLOOD = 500;

    /// Answers uploads before they have come.
    private static final TestPort.Handler HASTY = (request, reply, lifeline) -> TestPort.text(
            reply,
            request.method().equals("POST") ? 401 : 200,
            request.headers().first(HeaderName.of("x-late")).orElse("no"));

    private static TestPort port(Http2 http2, TestPort.Handler handler) throws IOException {
        return new TestPort(
                new ConnectionLimits(100, HeadLimits.REQUEST, LONG, LONG, LONG, LONG, 1000, Suspicion.DEFAULT, http2),
                handler);
    }

    private static TestPort.Handler held(CountDownLatch go) {
        return (request, reply, lifeline) -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            TestPort.text(reply, 200, "done");
        };
    }

    private static void answeredEarly(FrameClient client, int stream) throws IOException {
        client.post(stream, "/");
        assertThat(client.next(RST_STREAM).stream()).isEqualTo(stream);
    }

    /// A literal that both sides are to keep in their tables (RFC 7541 §6.2.1).
    private static byte[] kept(String name, String value) {
        byte[] field = FrameClient.fields(name, value);
        field[0] = 0x40;
        return field;
    }

    @Test
    void trailersThatCrossOurResetAreDecodedAndSkipped() throws Exception {
        try (TestPort port = port(Http2.DEFAULT, HASTY);
                FrameClient client = FrameClient.connect(port.port.number())) {
            answeredEarly(client, 1);
            client.send(DATA, 0, 1, new byte[100])
                    .send(HEADERS, END_HEADERS | END_STREAM, 1, kept("x-late", "decoded"));

            byte[] next = FrameClient.request("GET", "/");
            byte[] referring = Arrays.copyOf(next, next.length + 1);
            referring[next.length] = (byte) (0x80 | 62); // the newest field of the table
            client.send(HEADERS, END_HEADERS | END_STREAM, 3, referring);
            assertThat(client.body(3)).isEqualTo("decoded");
            assertThat(port.floods).isEmpty();
        }
    }

    @Test
    void aBlockInPiecesThatCrossesOurResetIsSkipped() throws Exception {
        try (TestPort port = port(Http2.DEFAULT, HASTY);
                FrameClient client = FrameClient.connect(port.port.number())) {
            answeredEarly(client, 1);
            client.send(HEADERS, END_STREAM, 1, FrameClient.fields("a", "b"))
                    .send(FrameClient.CONTINUATION, END_HEADERS, 1, FrameClient.fields("c", "d"));
            client.get(3, "/");
            assertThat(client.body(3)).isEqualTo("no");
        }
    }

    @Test
    void whatFollowsTheTrailersIsAFaultAgain() throws Exception {
        try (TestPort port = port(Http2.DEFAULT, HASTY);
                FrameClient client = FrameClient.connect(port.port.number())) {
            answeredEarly(client, 1);
            byte[] trailers = FrameClient.fields("a", "b");
            client.send(HEADERS, END_HEADERS | END_STREAM, 1, trailers)
                    .send(HEADERS, END_HEADERS | END_STREAM, 1, trailers);
            assertThat(client.next(GOAWAY).number(4)).isEqualTo(ErrorCode.STREAM_CLOSED.code());
        }
    }

    @Test
    void dataThatCrossesOurResetGivesTheConnectionItsWindowBack() throws Exception {
        try (TestPort port = port(new Http2(128, 65_535, 65_535), HASTY);
                FrameClient client = FrameClient.connect(port.port.number())) {
            for (int stream = 1; stream < 20; stream += 2) {
                answeredEarly(client, stream);
                client.send(DATA, 0, stream, new byte[16_000]).send(DATA, 0, stream, new byte[16_000]);
                client.send(DATA, END_STREAM, stream, new byte[8_000]);
                Frame update = client.next(WINDOW_UPDATE);
                assertThat(update.stream()).isZero();
                assertThat(update.number(0)).isGreaterThan(32_000);
            }
            assertThat(port.floods).isEmpty();
        }
    }

    @Test
    void noMoreDataIsSkippedThanCanHaveBeenUnderWay() throws Exception {
        try (TestPort port = port(new Http2(128, 70_000, 1 << 20), HASTY);
                FrameClient client = FrameClient.connect(port.port.number())) {
            answeredEarly(client, 1);
            for (int i = 0; i < 7; i++) {
                client.send(DATA, 0, 1, new byte[10_000]);
            }
            client.send(DATA, 0, 1, new byte[1]);
            assertThat(client.next(RST_STREAM).number(0)).isEqualTo(ErrorCode.STREAM_CLOSED.code());
        }
    }

    @Test
    void manyStreamsThatEndDoNotTakeTheToleranceAway() throws Exception {
        try (TestPort port = port(Http2.DEFAULT, HASTY);
                FrameClient client = FrameClient.connect(port.port.number())) {
            answeredEarly(client, 1);
            for (int stream = 3; stream < 1000; stream += 2) {
                client.get(stream, "/");
                client.body(stream);
            }
            client.send(HEADERS, END_HEADERS | END_STREAM, 1, FrameClient.fields("a", "b"));
            client.get(1001, "/");
            assertThat(client.body(1001)).isEqualTo("no");
        }
    }

    @Test
    void refusedStreamsAndWhatFollowsOnThemAreNoFloodOfResets() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (TestPort port = port(new Http2(1, 65_535, 1 << 20), held(go));
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.get(1, "/");
            refuseMany(client, 3);
            go.countDown();
            assertThat(client.body(1)).isEqualTo("done");
            assertThat(port.floods).isEmpty();
        }
    }

    @Test
    void streamsRefusedByADrainAreNoFloodOfResets() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (TestPort port = port(Http2.DEFAULT, held(go));
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.get(1, "/");
            client.send(PING, 0, 0, new byte[8]).next(PING);
            port.listeners.drain();
            Frame last = client.next(GOAWAY);
            while (last.number(0) != 1) {
                last = client.next(GOAWAY);
            }
            refuseMany(client, 3);
            go.countDown();
            assertThat(client.body(1)).isEqualTo("done");
            assertThat(port.floods).isEmpty();
        }
    }

    /// Each with a body that is under way already, and trailers.
    private static void refuseMany(FrameClient client, int first) throws IOException {
        for (int i = 0; i < FLOOD; i++) {
            int stream = first + 2 * i;
            client.post(stream, "/")
                    .send(DATA, 0, stream, new byte[10])
                    .send(HEADERS, END_HEADERS | END_STREAM, stream, FrameClient.fields("a", "b"));
            Frame refused = client.next(RST_STREAM);
            assertThat(refused.stream()).isEqualTo(stream);
            assertThat(refused.number(0)).isEqualTo(ErrorCode.REFUSED_STREAM.code());
        }
    }

    @Test
    void faultsOfTheClientStillAreAFlood() throws Exception {
        try (TestPort port = port(Http2.DEFAULT, HASTY);
                FrameClient client = FrameClient.connect(port.port.number())) {
            for (int i = 0; i < FLOOD; i++) {
                client.get(1 + 2 * i, "/", "Upper", "x");
            }
            assertThat(client.next(GOAWAY).number(4)).isEqualTo(ErrorCode.ENHANCE_YOUR_CALM.code());
            assertThat(port.floods).containsExactly(Flood.RAPID_RESET);
        }
    }

    @Test
    void everyClientIsToldBeforeItsConnectionEnds() throws Exception {
        List<FrameClient> clients = new ArrayList<>();
        try (TestPort port = port(Http2.DEFAULT, HASTY)) {
            for (int i = 0; i < 40; i++) {
                FrameClient client = FrameClient.connect(port.port.number());
                clients.add(client);
                client.get(1, "/").next(HEADERS);
            }
            port.listeners.close();
            for (FrameClient client : clients) {
                assertThat(client.next(GOAWAY).number(4)).isEqualTo(ErrorCode.NO_ERROR.code());
                assertThat(client.socket().getInputStream().read()).isNegative();
            }
        } finally {
            for (FrameClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void whoAsksTooLateIsNotCutOffFromWhatItWasTold() throws Exception {
        try (TestPort port = port(Http2.DEFAULT, HASTY);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.get(1, "/").next(HEADERS);
            port.listeners.drain();
            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> {
                while (true) {
                    client.next(GOAWAY);
                }
            });
            for (int stream = 3; stream < 100; stream += 2) {
                client.get(stream, "/");
            }
            assertThat(client.socket().getInputStream().read()).isNegative();
        }
    }

    @Test
    void aClientThatTookNothingYetIsToldWhatItDidWrong() throws Exception {
        AtomicLong written = new AtomicLong();
        TestPort.Handler endless = (request, reply, lifeline) -> {
            reply.head(200, new Headers(), Reply.UNKNOWN_LENGTH);
            byte[] piece = new byte[10_000];
            while (true) {
                reply.write(piece, 0, piece.length);
                reply.flush();
                written.addAndGet(piece.length);
            }
        };
        try (TestPort port = port(Http2.DEFAULT, endless);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.sendNumber(WINDOW_UPDATE, 0, 1 << 30);
            client.send(SETTINGS, 0, 0, new byte[] {0, 4, 0x40, 0, 0, 0}).get(1, "/");
            untilStill(written);
            client.send(PING, 0, 1, new byte[8]);
            assertThat(client.next(GOAWAY).number(4)).isEqualTo(ErrorCode.PROTOCOL_ERROR.code());
        }
    }

    /// The socket is full.
    private static void untilStill(AtomicLong written) throws Exception {
        long[] seen = {0, System.nanoTime()};
        Eventually.until("nothing more is written", LONG, () -> {
            long now = System.nanoTime();
            if (written.get() != seen[0]) {
                seen[0] = written.get();
                seen[1] = now;
            }
            return seen[0] > 0 && now - seen[1] > 300_000_000;
        });
    }
}
