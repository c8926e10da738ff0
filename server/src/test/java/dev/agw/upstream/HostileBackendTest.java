package dev.agw.upstream;

import static dev.agw.upstream.TestCaller.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.http2.ErrorCode;
import dev.agw.http2.FrameReader;
import dev.agw.http2.FrameWriter;
import dev.agw.telemetry.Flood;
import dev.agw.testing.Eventually;
import dev.agw.testing.FrameClient;
import dev.agw.testing.FrameServer;
import dev.agw.testing.FrameServer.Visit;
import dev.agw.upstream.ConnectionSettings.Http2;
import dev.agw.upstream.ConnectionSettings.Use;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Backends that send what costs them little and us much, or what cannot be.
@Timeout(60)
class HostileBackendTest {
    private static final byte[] NONE = {};
    private static final int WINDOW = 65_536;
    /// More than any budget, so few that a process which keeps them all survives, and not so many bytes that the reset
    /// of a sender that does not end takes our GOAWAY along.
    private static final int MANY = 10_000;
    private static final int AT_ONCE = 100;
    private static final int STATUS_200 = 0x88;

    private final TestCaller caller = new TestCaller();
    private final FrameServer server = new FrameServer();

    HostileBackendTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        caller.close();
        server.close();
    }

    private Origin origin() {
        return origin(ConnectionSettings.Pool.DEFAULT);
    }

    private Origin origin(ConnectionSettings.Pool pool) {
        Http2 http2 = new Http2(Use.PRIOR_KNOWLEDGE, Integer.MAX_VALUE, Integer.MAX_VALUE, WINDOW, 1024 * 1024);
        return TestCaller.origin(
                "127.0.0.1",
                server.port(),
                new ConnectionSettings(
                        ConnectionSettings.Timeouts.DEFAULT,
                        pool,
                        Optional.empty(),
                        ConnectionSettings.DEFAULT.answers(),
                        http2));
    }

    private static void write(FrameWriter writer, Flood kind, int stream) {
        switch (kind) {
            case EMPTY_FRAME -> writer.data(stream, NONE, 0, 0, false);
            case PING -> writer.ping(new byte[8], false);
            case SETTINGS -> writer.settings(NONE);
            case WINDOW_UPDATE -> writer.windowUpdate(0, 1);
            case PRIORITY -> writer.raw(new byte[] {0, 0, 0, 77, 0, 0, 0, 0, 1});
            case RAPID_RESET -> writer.reset(stream, ErrorCode.CANCEL);
            case CONTINUATION -> writer.raw(new byte[] {0, 0, 0, (byte) FrameClient.CONTINUATION, 0, 0, 0, 0, 1});
        }
    }

    /// Sends no more than it takes to be cut off, if it is.
    private static void flood(Visit visit, Flood kind) throws IOException {
        if (kind == Flood.CONTINUATION) {
            visit.frames(frames -> frames.raw(new byte[] {0, 0, 0, (byte) FrameClient.HEADERS, 0, 0, 0, 0, 1}));
        }
        for (int sent = 0; sent < MANY; sent += AT_ONCE) {
            visit.frames(frames -> {
                for (int i = 0; i < AT_ONCE; i++) {
                    write(frames, kind, visit.number());
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Flood.class)
    void aFloodOfFramesEndsItsConnectionAndNoOther(Flood kind) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        server.on("/flood", visit -> {
            visit.head(200);
            visit.piece("begun");
            await(begun);
            flood(visit, kind);
        });
        try (UpstreamResponse answer = caller.call(origin(), get("/flood"))) {
            assertThat(answer.body().next()).isTrue();
            begun.countDown();

            assertThatExceptionOfType(UpstreamBrokenException.class)
                    .isThrownBy(() -> answer.body().next())
                    .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.UpstreamFailure.class));
            Eventually.until("the flood is counted", () -> !caller.floods.isEmpty());
            assertThat(caller.floods).containsExactly(kind);
        }
        assertThat(server.goAways.poll(10, TimeUnit.SECONDS)).isEqualTo(ErrorCode.ENHANCE_YOUR_CALM);
        assertThat(caller.fetch(origin(), get("/other"))).isEqualTo("200 /other");
        assertThat(server.connections).hasValue(2);
    }

    @Test
    void theHeadsOfAnAnswerThatNobodyReadsAreFew() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        server.on("/heads", visit -> {
            visit.head(200);
            await(begun);
            byte[] block = FrameClient.fields(":status", "103");
            for (int i = 0; i < MANY; i++) {
                visit.frames(
                        frames -> frames.headers(visit.number(), block, block.length, false, FrameReader.MOST_PAYLOAD));
            }
        });
        try (UpstreamResponse answer = caller.call(origin(), get("/heads"))) {
            begun.countDown();
            assertThat(server.resets.poll(10, TimeUnit.SECONDS)).isEqualTo(ErrorCode.PROTOCOL_ERROR);
            assertThat(server.goAways.poll(10, TimeUnit.SECONDS)).isEqualTo(ErrorCode.ENHANCE_YOUR_CALM);
            assertThat(caller.floods).containsExactly(Flood.RAPID_RESET);
            assertThatExceptionOfType(UpstreamBrokenException.class)
                    .isThrownBy(() -> answer.body().next());
        }
    }

    @Test
    void interimAnswersComeToAnEnd() throws Exception {
        server.on("/hints", visit -> {
            for (int i = 0; i < 33; i++) {
                visit.head(103);
            }
            visit.answer("at last");
        });
        assertFails("/hints");
        assertThat(server.resets.poll(10, TimeUnit.SECONDS)).isEqualTo(ErrorCode.PROTOCOL_ERROR);
    }

    @Test
    void bytesThatComeOneByOneAreKeptTogether() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        server.on("/bytes", visit -> {
            visit.head(200);
            for (; sent.get() < WINDOW; sent.addAndGet(1024)) {
                int from = sent.get();
                visit.frames(frames -> {
                    for (int i = 0; i < 1024; i++) {
                        frames.data(visit.number(), new byte[] {(byte) ('a' + (from + i) % 26)}, 0, 1, false);
                    }
                });
            }
            visit.frames(frames -> frames.ping(new byte[8], false));
        });
        try (UpstreamResponse answer = caller.call(origin(), get("/bytes"))) {
            Eventually.until(
                    "our answer to the PING behind them says that all were read", () -> server.pings.get() > 0);
            int pieces = 0;
            for (int read = 0; read < WINDOW; pieces++) {
                assertThat(answer.body().next()).isTrue();
                for (int i = 0; i < answer.body().length(); i++, read++) {
                    assertThat((char) answer.body().array()[answer.body().offset() + i])
                            .isEqualTo((char) ('a' + read % 26));
                }
            }
            assertThat(pieces).isLessThanOrEqualTo(WINDOW / 256);
        }
    }

    @Test
    void framesWithoutBytesBesideOthersAreNoFlood() throws Exception {
        server.on("/mixed", visit -> {
            visit.head(200);
            for (int i = 0; i < 3000; i++) {
                visit.frames(frames -> {
                    frames.data(visit.number(), new byte[] {'x'}, 0, 1, false);
                    frames.data(visit.number(), NONE, 0, 0, false);
                });
            }
            visit.body(NONE);
        });
        assertThat(caller.fetch(origin(), get("/mixed"))).isEqualTo("200 " + "x".repeat(3000));
        assertThat(caller.floods).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"x(y),\"z", "upper-Case", "a b", "a:b", "a\u00e4", "a/b", "''"})
    void aFieldWhoseNameIsNoTokenEndsTheAnswer(String name) {
        server.on("/name", visit -> {
            byte[] field = FrameClient.fields(name, "v");
            ByteBuffer block =
                    ByteBuffer.allocate(1 + field.length).put((byte) STATUS_200).put(field);
            visit.frames(frames ->
                    frames.headers(visit.number(), block.array(), block.capacity(), true, FrameReader.MOST_PAYLOAD));
        });
        assertFails("/name");
    }

    @ParameterizedTest
    @CsvSource({":status, 200, true", ":path, /, true", "x-checksum, 1, false", "Checksum, 1, true"})
    void trailersThatCannotBeEndNoAnswerCleanly(String name, String value, boolean end) throws Exception {
        server.on("/trailers", visit -> {
            visit.head(200);
            visit.piece("abc");
            byte[] block = FrameClient.fields(name, value);
            visit.frames(frames -> frames.headers(visit.number(), block, block.length, end, FrameReader.MOST_PAYLOAD));
        });
        try (UpstreamResponse answer = caller.call(origin(), get("/trailers"))) {
            assertThatExceptionOfType(UpstreamBrokenException.class).isThrownBy(() -> TestCaller.text(answer));
        }
        assertThat(server.resets.poll(10, TimeUnit.SECONDS)).isEqualTo(ErrorCode.PROTOCOL_ERROR);
        assertThat(caller.fetch(origin(), get("/other"))).isEqualTo("200 /other");
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void trailersThatMayBeEndTheAnswer() throws Exception {
        server.on("/trailers", visit -> {
            visit.head(200);
            visit.piece("abc");
            byte[] block = FrameClient.fields("x-checksum", "1");
            visit.frames(frames -> frames.headers(visit.number(), block, block.length, true, FrameReader.MOST_PAYLOAD));
        });
        try (UpstreamResponse answer = caller.call(origin(), get("/trailers"))) {
            assertThat(TestCaller.text(answer)).isEqualTo("abc");
            assertThat(answer.body().trailers().toString()).contains("x-checksum");
        }
    }

    @Test
    void whatComesBehindTheEndChangesNothing() throws Exception {
        server.on("/behind", visit -> {
            visit.answer("whole");
            visit.frames(frames -> frames.data(visit.number(), new byte[] {'!'}, 0, 1, true));
        });
        assertThat(caller.fetch(origin(), get("/behind"))).isEqualTo("200 whole");
        assertThat(caller.fetch(origin(), get("/other"))).isEqualTo("200 /other");
    }

    @Test
    void aBodyBeforeItsHeadIsNoAnswer() {
        server.on(
                "/headless",
                visit -> visit.frames(frames -> frames.data(visit.number(), new byte[] {'x'}, 0, 1, true)));
        assertFails("/headless");
    }

    @Test
    void settingsThatLiftAWindowTooHighEndTheConnection() throws Exception {
        server.on("/window", visit -> {
            byte[] higher =
                    ByteBuffer.allocate(6).putShort((short) 4).putInt(WINDOW).array();
            visit.frames(frames -> {
                frames.windowUpdate(visit.number(), Integer.MAX_VALUE - 65_535);
                frames.settings(higher);
            });
        });
        assertFails("/window");
        assertThat(server.goAways.poll(10, TimeUnit.SECONDS)).isEqualTo(ErrorCode.FLOW_CONTROL_ERROR);
    }

    @Test
    void aConnectionThatIsStillToldWhyItEndsCounts() throws Exception {
        Origin one = origin(new ConnectionSettings.Pool(1, 1, 1, 0, Duration.ofMinutes(1), Duration.ofMinutes(10)));
        server.on("/bad", visit -> visit.frames(frames -> frames.windowUpdate(0, 0)));
        assertFails(one, "/bad");
        FutureTask<String> next = new FutureTask<>(() -> caller.fetch(one, get("/next")));
        Thread.startVirtualThread(next);

        Eventually.until("it waits", () -> caller.pools().stream().anyMatch(pool -> pool.pending() == 1));
        assertThat(server.connections).hasValue(1);
        server.drop();
        assertThat(next.get()).isEqualTo("200 /next");
        assertThat(server.connections).hasValue(2);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw (IOException) new InterruptedIOException().initCause(stop);
        }
    }

    private void assertFails(String path) {
        assertFails(origin(), path);
    }

    private void assertFails(Origin origin, String path) {
        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.fetch(origin, get(path)))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.UpstreamFailure.class));
    }
}
