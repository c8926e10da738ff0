package dev.agw.upstream;

import static dev.agw.upstream.TestCaller.get;
import static dev.agw.upstream.TestCaller.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agw.http.Body;
import dev.agw.http2.Settings;
import dev.agw.net.PlainTransport;
import dev.agw.testing.Eventually;
import dev.agw.testing.FrameServer;
import dev.agw.testing.FrameServer.Visit;
import dev.agw.upstream.ConnectionSettings.Http2;
import dev.agw.upstream.ConnectionSettings.Use;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A backend whose socket takes nothing, and a POST that waits behind what does not leave: it is done once, whatever
/// the backend says meanwhile.
@Timeout(60)
class SlowBackendTest {
    private static final int HUGE = 1 << 30;
    /// Of a millisecond each: so long an upload stands still before the socket is taken for full.
    private static final int LOOKS = 100;

    private final TestCaller caller = new TestCaller();
    private final FrameServer server = new FrameServer(new Settings(4096, true, -1, HUGE, 16_384, -1));
    private final BlockingQueue<Visit> visits = new LinkedBlockingQueue<>();
    private final Endless upload = new Endless();
    private final FutureTask<String> once =
            new FutureTask<>(() -> caller.fetch(origin(), request("POST", "/once", Payload.of(new byte[10]))));

    SlowBackendTest() throws IOException {}

    private Origin origin() {
        Http2 http2 = new Http2(Use.PRIOR_KNOWLEDGE, Integer.MAX_VALUE, Integer.MAX_VALUE, HUGE, HUGE);
        ConnectionSettings standard = ConnectionSettings.DEFAULT;
        return TestCaller.origin(
                "127.0.0.1",
                server.port(),
                new ConnectionSettings(
                        standard.timeouts(), standard.pool(), Optional.empty(), standard.answers(), http2));
    }

    @BeforeEach
    void script() {
        server.on("/begun", visit -> {
            visit.frames(frames -> frames.windowUpdate(0, HUGE));
            visit.head(200);
            visits.add(visit);
        });
    }

    @AfterEach
    void stop() throws IOException {
        upload.over = true;
        caller.close();
        server.close();
    }

    /// Fills the socket, and lets a POST be gathered behind it.
    private void gather() throws Exception {
        Thread.startVirtualThread(
                new FutureTask<>(() -> caller.call(origin(), request("POST", "/up", new Payload.Streamed(upload)))));
        Eventually.until("the socket is full", upload::stands);
        Thread posting = Thread.startVirtualThread(once);
        Eventually.until("the POST was added", () -> isIn(posting, Http2Stream.class));
    }

    private static boolean isIn(Thread thread, Class<?> type) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(type.getName()));
    }

    private Visit begun() throws InterruptedException {
        return Objects.requireNonNull(visits.poll(10, TimeUnit.SECONDS));
    }

    private long timesDone() {
        return server.heads.stream()
                .filter(head -> "/once".equals(head.get(":path")))
                .count();
    }

    @Test
    void aRequestThatGoesOutElsewhereDoesNotGoOutToTheOneThatBrokeTheRules() throws Exception {
        try (UpstreamResponse answer = caller.call(origin(), get("/begun"))) {
            Visit visit = begun();
            visit.peer().pause();
            gather();
            visit.frames(frames -> frames.windowUpdate(0, 0));

            assertThat(once.get()).isEqualTo("200 /once");
            assertThatExceptionOfType(UpstreamBrokenException.class)
                    .isThrownBy(() -> answer.body().next());
            visit.peer().goOn();
            Eventually.until("the first connection was read to its end", () -> server.ended.get() == 1);
            assertThat(timesDone()).isEqualTo(1);
            assertThat(server.goAways).isNotEmpty();
        }
    }

    @Test
    void aRequestThatTheOneThatGoesAwayMayStillServeGoesNowhereElse() throws Exception {
        try (UpstreamResponse answer = caller.call(origin(), get("/begun"))) {
            Visit visit = begun();
            visit.peer().pause();
            gather();
            visit.goAway(Integer.MAX_VALUE);
            visit.piece("behind it");
            assertThat(answer.body().next()).as("the GOAWAY was read").isTrue();
            visit.peer().goOn();

            assertThat(once.get()).isEqualTo("200 /once");
            assertThat(timesDone()).isEqualTo(1);
            assertThat(server.connections).hasValue(1);
        }
    }

    /// A body that does not end by itself.
    private static final class Endless implements Body {
        private final byte[] piece = new byte[16_384];
        private volatile boolean over;
        private final AtomicInteger pieces = new AtomicInteger();
        private volatile @Nullable Thread sender;
        private int seen;
        private int looks;

        /// Whether its sender waits for the socket and will go on doing so.
        boolean stands() {
            Thread thread = sender;
            int now = pieces.get();
            looks = now == seen && thread != null && isIn(thread, PlainTransport.class) ? looks + 1 : 0;
            seen = now;
            return looks > LOOKS;
        }

        @Override
        public boolean next() {
            sender = Thread.currentThread();
            pieces.incrementAndGet();
            return !over;
        }

        @Override
        public byte[] array() {
            return piece;
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public int length() {
            return piece.length;
        }

        @Override
        public long declaredLength() {
            return -1;
        }
    }
}
