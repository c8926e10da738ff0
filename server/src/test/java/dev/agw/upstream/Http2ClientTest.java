package dev.agw.upstream;

import static dev.agw.upstream.TestCaller.get;
import static dev.agw.upstream.TestCaller.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Lifeline.Cut;
import dev.agw.http.Headers;
import dev.agw.http2.ErrorCode;
import dev.agw.http2.SendWindow;
import dev.agw.http2.Settings;
import dev.agw.testing.Eventually;
import dev.agw.testing.FrameServer;
import dev.agw.upstream.ConnectionSettings.Http2;
import dev.agw.upstream.ConnectionSettings.Use;
import dev.agw.upstream.UpstreamRequest.Patience;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class Http2ClientTest {
    private static final int WINDOW = 65_536;

    private final TestCaller caller = new TestCaller();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch gate = new CountDownLatch(1);
    private FrameServer server = new FrameServer();

    Http2ClientTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        gate.countDown();
        caller.close();
        server.close();
        threads.close();
    }

    private Origin origin() {
        return origin(Integer.MAX_VALUE, ConnectionSettings.Pool.DEFAULT);
    }

    private Origin origin(int maxRequests, ConnectionSettings.Pool pool) {
        Http2 http2 = new Http2(Use.PRIOR_KNOWLEDGE, maxRequests, Integer.MAX_VALUE, WINDOW, 1024 * 1024);
        ConnectionSettings settings = new ConnectionSettings(
                ConnectionSettings.Timeouts.DEFAULT,
                pool,
                Optional.empty(),
                ConnectionSettings.DEFAULT.answers(),
                http2);
        return TestCaller.origin("127.0.0.1", server.port(), settings);
    }

    private Future<String> asked(Origin origin, String path) {
        return threads.submit(() -> caller.fetch(origin, get(path)));
    }

    private void held(String path) {
        server.on(path, visit -> {
            await(gate);
            visit.answer("at last");
        });
    }

    @Test
    void manyRequestsShareAConnection() throws Exception {
        Origin origin = origin();
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(asked(origin, "/number/" + i));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(answers.get(i).get()).isEqualTo("200 /number/" + i);
        }
        assertThat(server.connections).hasValue(1);
        assertThat(server.heads.peek())
                .containsEntry(":scheme", "http")
                .containsEntry(":authority", "backend")
                .doesNotContainKey("host");
    }

    @Test
    void largeBodiesGoBothWaysAsTheWindowsAllow() throws Exception {
        byte[] large = new byte[1_000_000];
        server.on("/large", visit -> {
            visit.head(200);
            visit.body(new byte[visit.received()]);
        });

        assertThat(caller.fetch(origin(), request("POST", "/large", Payload.of(large))))
                .hasSize(1_000_004);
        assertThat(caller.fetch(origin(), request("POST", "/large", Payload.of(new byte[30_000]))))
                .hasSize(30_004);
        assertThat(server.heads.peek()).containsEntry("content-length", "1000000");
    }

    @Test
    void aSlowReaderHoldsTheBackendBackAndNobodyElse() throws Exception {
        AtomicReference<SendWindow> sending = new AtomicReference<>();
        server.on("/large", visit -> {
            sending.set(visit.stream());
            visit.head(200);
            visit.body(new byte[1_000_000]);
        });
        try (UpstreamResponse slow = caller.call(origin(), get("/large"))) {
            Eventually.until("the backend waits", () -> sending.get().blockedSince() != 0);
            assertThat(caller.fetch(origin(), get("/other"))).isEqualTo("200 /other");
            assertThat(sending.get().blockedSince()).isNotZero();
            assertThat(TestCaller.text(slow)).hasSize(1_000_000);
        }
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void aBackendThatGoesAwayLosesNoStream() throws Exception {
        held("/begun");
        server.on("/goes", visit -> {
            if (visit.peer().number == 1) {
                visit.goAway(1);
            } else {
                visit.answer("elsewhere");
            }
        });
        Future<String> begun = asked(origin(), "/begun");
        Eventually.until("the first is there", () -> server.heads.size() == 1);

        assertThat(asked(origin(), "/goes").get()).isEqualTo("200 elsewhere");
        assertThat(asked(origin(), "/next").get()).isEqualTo("200 /next");
        gate.countDown();
        assertThat(begun.get()).isEqualTo("200 at last");
        assertThat(server.connections).hasValue(2);
        assertThat(caller.resent).hasValue(1);
    }

    @Test
    void aRefusedStreamIsSentAgain() throws Exception {
        server.on("/busy", visit -> {
            if (visit.number() == 1) {
                visit.reset(ErrorCode.REFUSED_STREAM);
            } else {
                visit.answer("now");
            }
        });

        assertThat(caller.fetch(origin(), get("/busy"))).isEqualTo("200 now");
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void aBackendThatRefusesForEverIsGivenUpOn() {
        server.on("/busy", visit -> visit.reset(ErrorCode.REFUSED_STREAM));

        assertFails("/busy", 503);
        assertThat(server.heads).hasSize(4);
    }

    @Test
    void anyOtherResetIsNotRepeated() throws Exception {
        server.on("/broken", visit -> visit.reset(ErrorCode.INTERNAL_ERROR));

        assertFails("/broken", 502);
        assertThat(server.heads).hasSize(1);
        assertThat(caller.fetch(origin(), get("/a"))).isEqualTo("200 /a");
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void aConnectionThatBreaksEndsItsStreams() throws Exception {
        server.on("/dropped", visit -> server.drop());

        assertFails("/dropped", 502);
        assertThat(caller.fetch(origin(), get("/a"))).isEqualTo("200 /a");
    }

    @Test
    void aCutResetsTheStreamAndLeavesTheConnection() throws Exception {
        held("/held");
        Lifeline lifeline = caller.lifeline();
        Future<UpstreamResponse> call = threads.submit(() -> caller.client().call(origin(), get("/held"), lifeline));
        Eventually.until("the request is there", () -> server.heads.size() == 1);
        lifeline.cut(Cut.CLIENT_GONE);

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(call::get)
                .withCauseInstanceOf(ClientGoneException.class);
        assertThat(server.resets.poll(5, TimeUnit.SECONDS)).isEqualTo(ErrorCode.CANCEL);
        assertThat(caller.fetch(origin(), get("/a"))).isEqualTo("200 /a");
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void aCutInTheMiddleOfABodyResetsTheStream() throws Exception {
        server.on("/half", visit -> {
            visit.head(200);
            visit.peer().out.data(visit.stream(), new byte[10], 0, 10, false);
            visit.peer().out.flush();
        });
        Lifeline lifeline = caller.lifeline();
        UpstreamResponse response = caller.client().call(origin(), get("/half"), lifeline);
        assertThat(response.body().next()).isTrue();
        response.patience(Duration.ofMillis(20).toNanos(), Cut.IDLE_TIMEOUT);

        assertThatExceptionOfType(UpstreamBrokenException.class)
                .isThrownBy(() -> response.body().next())
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.TimedOut.class));
        assertThat(server.resets.poll(5, TimeUnit.SECONDS)).isEqualTo(ErrorCode.CANCEL);
    }

    @Test
    void aBackendThatIsSilentForTooLongIsNotWaitedFor() {
        held("/held");
        UpstreamRequest impatient = new UpstreamRequest(
                "GET", "/held", Headers.of("Host", "backend"), Payload.NONE, new Patience(20_000_000, 20_000_000));

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.call(origin(), impatient))
                .satisfies(e -> assertThat(e.failure())
                        .isInstanceOfSatisfying(
                                Failure.TimedOut.class,
                                late -> assertThat(late.which()).isEqualTo(Cut.BACKEND_TIMEOUT)));
    }

    @Test
    void anotherConnectionIsMadeWhenTheStreamsAreTaken() throws Exception {
        server.close();
        server = new FrameServer(new Settings(4096, true, 2, 65_535, 16_384, -1));
        held("/held");
        List<Future<String>> busy =
                List.of(asked(origin(), "/held"), asked(origin(), "/held"), asked(origin(), "/held"));
        Eventually.until("all are there", () -> server.heads.size() == 3);

        assertThat(server.connections).hasValue(2);
        gate.countDown();
        for (Future<String> answer : busy) {
            assertThat(answer.get()).isEqualTo("200 at last");
        }
    }

    @Test
    void requestsBeyondTheMostAtATimeAreRefused() throws Exception {
        Origin bounded = origin(1, ConnectionSettings.Pool.DEFAULT);
        held("/held");
        Future<String> busy = asked(bounded, "/held");
        Eventually.until("the first is there", () -> server.heads.size() == 1);

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.fetch(bounded, get("/a")))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.Overloaded.class));
        gate.countDown();
        assertThat(busy.get()).isEqualTo("200 at last");
        assertThat(caller.fetch(bounded, get("/a"))).isEqualTo("200 /a");
    }

    @Test
    void aConnectionEndsAfterItsShareOfRequests() throws Exception {
        Origin worn =
                origin(100, new ConnectionSettings.Pool(10, 10, 10, 2, Duration.ofSeconds(60), Duration.ofMinutes(10)));
        for (int i = 0; i < 5; i++) {
            assertThat(caller.fetch(worn, get("/a"))).isEqualTo("200 /a");
        }
        assertThat(server.connections).hasValue(3);
    }

    @Test
    void aSilentConnectionIsAskedWhetherItLives() throws Exception {
        held("/held");
        Future<String> call = asked(origin(), "/held");
        Eventually.until("the request is there", () -> server.heads.size() == 1);
        assertThat(caller.fetch(origin(), get("/a"))).isEqualTo("200 /a"); // by now all before it has been heard, too
        for (int round = 1; round <= 3; round++) {
            caller.later(Duration.ofSeconds(1));
            caller.later(Duration.ofSeconds(16));
            int due = round;
            Eventually.until("a PING comes", () -> server.pings.get() == due);
            assertThat(caller.fetch(origin(), get("/a"))).isEqualTo("200 /a");
        }
        assertThat(call.isDone()).isFalse();

        server.answersPings = false;
        while (!call.isDone()) {
            caller.later(Duration.ofSeconds(16));
        }
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(call::get);
    }

    @Test
    void aServerOfHttp1IsNotTakenForOneOfHttp2() throws Exception {
        try (dev.agw.testing.OddServer old = new dev.agw.testing.OddServer()) {
            Origin origin = TestCaller.origin("127.0.0.1", old.port(), origin().connections());
            old.on("*", visit -> {
                visit.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                visit.awaitEnd();
            });
            assertThatExceptionOfType(ExchangeException.class)
                    .isThrownBy(() -> caller.fetch(origin, get("/a")))
                    .satisfies(e -> assertThat(e.failure().status()).isEqualTo(502));
        }
    }

    @Test
    void aBodyThatComesFromAClientGoesOnAsItComes() throws Exception {
        server.on("/up", visit -> visit.answer("" + visit.received()));
        ByteArrayInputStream content = new ByteArrayInputStream(new byte[300_000]);

        assertThat(caller.fetch(origin(), request("POST", "/up", new Payload.Streamed(new Pieces(content)))))
                .isEqualTo("200 300000");
    }

    private void assertFails(String path, int status) {
        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.fetch(origin(), get(path)))
                .satisfies(e -> assertThat(e.failure().status()).isEqualTo(status));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A body of unknown length.
    private static final class Pieces implements dev.agw.http.Body {
        private final ByteArrayInputStream content;
        private byte[] piece = {};

        Pieces(ByteArrayInputStream content) {
            this.content = content;
        }

        @Override
        public boolean next() {
            piece = read();
            return piece.length > 0;
        }

        private byte[] read() {
            byte[] room = new byte[10_000];
            return java.util.Arrays.copyOf(room, Math.max(0, content.read(room, 0, room.length)));
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
