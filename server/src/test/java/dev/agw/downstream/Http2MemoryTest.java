package dev.agw.downstream;

import static dev.agw.testing.FrameClient.CONTINUATION;
import static dev.agw.testing.FrameClient.DATA;
import static dev.agw.testing.FrameClient.END_HEADERS;
import static dev.agw.testing.FrameClient.END_STREAM;
import static dev.agw.testing.FrameClient.GOAWAY;
import static dev.agw.testing.FrameClient.HEADERS;
import static dev.agw.testing.FrameClient.PING;
import static dev.agw.testing.FrameClient.SETTINGS;
import static dev.agw.testing.FrameClient.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.downstream.ConnectionLimits.Http2;
import dev.agw.downstream.ConnectionLimits.Suspicion;
import dev.agw.http.HeadLimits;
import dev.agw.http2.ErrorCode;
import dev.agw.telemetry.Limit;
import dev.agw.testing.Eventually;
import dev.agw.testing.FrameClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What clients of HTTP/2 can make the process hold.
@Timeout(60)
class Http2MemoryTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    /// Two blocks of a piece, and the frame that brings a third, which is copied.
    private static final int UNFINISHED = 25_000;
    private static final int PIECE = 8_000;
    private static final int WINDOW = 65_535;

    private static TestPort port(TestPort.Handler handler) throws IOException {
        Suspicion suspicion = new Suspicion(100, LONG, 0, LONG, UNFINISHED);
        ConnectionLimits limits =
                new ConnectionLimits(100, HeadLimits.REQUEST, LONG, LONG, LONG, LONG, 1000, suspicion, Http2.DEFAULT);
        return new TestPort(limits, handler);
    }

    private static TestPort port() throws IOException {
        return port((request, reply, lifeline) -> TestPort.text(reply, 200, "[" + TestPort.body(request) + "]"));
    }

    private static void awaitHeld(TestPort port, long bytes) throws Exception {
        Eventually.until(bytes + " bytes are held", () -> port.port.heads().held() == bytes);
    }

    private static byte[] block() {
        return FrameClient.request("GET", "/", "a", "x".repeat(2 * PIECE));
    }

    /// Begins a header block and does not end it.
    private static FrameClient begun(TestPort port) throws IOException {
        return FrameClient.connect(port.port.number()).send(HEADERS, END_STREAM, 1, Arrays.copyOf(block(), PIECE));
    }

    /// The same, once the frames of those before are done with: each holds memory beside its block for a moment.
    private static FrameClient begunAfter(TestPort port, long held) throws Exception {
        awaitHeld(port, held);
        return begun(port);
    }

    @Test
    void headerBlocksOfManyConnectionsShareOneBudget() throws Exception {
        try (TestPort port = port();
                FrameClient first = begun(port);
                FrameClient second = begunAfter(port, PIECE)) {
            awaitHeld(port, 2 * PIECE);
            try (FrameClient third = begun(port)) {
                assertThat(third.next(GOAWAY).number(4)).isEqualTo(ErrorCode.ENHANCE_YOUR_CALM.code());
                assertThat(port.limits).containsExactly(Limit.HEAD_MEMORY);
            }
            assertThat(port.floods).isEmpty();
            awaitHeld(port, 2 * PIECE);
            byte[] rest = Arrays.copyOfRange(block(), PIECE, block().length);
            first.send(CONTINUATION, END_HEADERS, 1, rest);
            assertThat(first.body(1)).isEqualTo("[]");
            awaitHeld(port, PIECE);
            second.close();
            awaitHeld(port, 0);
            try (FrameClient fourth = begun(port)) {
                assertThat(fourth.send(CONTINUATION, END_HEADERS, 1, rest).body(1))
                        .isEqualTo("[]");
            }
        }
    }

    @Test
    void aBlockInOneFrameThatIsHereAsAWholeHoldsNothing() throws Exception {
        try (TestPort port = port();
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.send(HEADERS, END_STREAM | END_HEADERS, 1, Arrays.copyOf(FrameClient.request("GET", "/"), 40))
                    .next(GOAWAY); // cut short: it cannot be decoded
            awaitHeld(port, 0);
            assertThat(port.limits).isEmpty();
        }
    }

    /// Nine bytes that announce a large frame make us hold an array for it.
    private static FrameClient announcing(TestPort port) throws IOException {
        FrameClient client = FrameClient.connect(port.port.number());
        client.socket().getOutputStream().write(new byte[] {0, 0x40, 0, DATA, 0, 0, 0, 0, 1});
        return client;
    }

    @Test
    void framesThatAreAnnouncedAndDoNotComeShareItToo() throws Exception {
        try (TestPort port = port();
                FrameClient first = announcing(port)) {
            awaitHeld(port, 16_384 + 9);
            try (FrameClient second = announcing(port)) {
                assertThat(second.next(GOAWAY).number(4)).isEqualTo(ErrorCode.ENHANCE_YOUR_CALM.code());
            }
            assertThat(port.limits).containsExactly(Limit.HEAD_MEMORY);
            first.close();
            awaitHeld(port, 0);
        }
    }

    @Test
    void aConnectionThatWaitsHoldsNothingOfTheFramesBefore() throws Exception {
        try (TestPort port = port();
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.post(1, "/").send(DATA, END_STREAM, 1, new byte[16_384]);
            client.socket().getOutputStream().write(0); // the first byte of a frame
            assertThat(client.body(1)).hasSize(16_384 + 2);
            awaitHeld(port, 0);
        }
    }

    @Test
    void bytesOfABodyThatComeOneByOneAreKeptTogether() throws Exception {
        CountDownLatch all = new CountDownLatch(1);
        AtomicInteger pieces = new AtomicInteger();
        TestPort.Handler late = (request, reply, lifeline) -> {
            TestPort.await(all);
            int read = 0;
            for (; read < WINDOW && request.body().next(); pieces.incrementAndGet()) {
                read += request.body().length();
            }
            TestPort.text(reply, 200, "" + read);
        };
        try (TestPort port = port(late);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.post(1, "/");
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            for (int i = 0; i < WINDOW; i++) {
                frames.writeBytes(new byte[] {0, 0, 1, DATA, 0, 0, 0, 0, 1, 'x'});
            }
            client.socket().getOutputStream().write(frames.toByteArray());
            client.send(PING, 0, 0, new byte[8]).next(PING); // all before it has been read
            all.countDown();
            assertThat(client.body(1)).isEqualTo("" + WINDOW);
            assertThat(pieces.get()).isLessThanOrEqualTo(WINDOW / 256 + 1);
        }
    }

    @Test
    void settingsThatLiftAWindowTooHighEndTheConnection() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        TestPort.Handler waiting = (request, reply, lifeline) -> {
            TestPort.await(held);
            TestPort.text(reply, 200, "");
        };
        try (TestPort port = port(waiting);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.get(1, "/").sendNumber(WINDOW_UPDATE, 1, Integer.MAX_VALUE - WINDOW);
            client.send(SETTINGS, 0, 0, initialWindow(WINDOW - 1))
                    .send(PING, 0, 0, new byte[8])
                    .next(PING);
            client.send(SETTINGS, 0, 0, initialWindow(WINDOW + 1));
            assertThat(client.next(GOAWAY).number(4)).isEqualTo(ErrorCode.FLOW_CONTROL_ERROR.code());
            held.countDown();
        }
    }

    private static byte[] initialWindow(int bytes) {
        return ByteBuffer.allocate(6).putShort((short) 4).putInt(bytes).array();
    }
}
