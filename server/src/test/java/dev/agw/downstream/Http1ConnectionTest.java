package dev.agw.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Reply;
import dev.agw.exchange.Request;
import dev.agw.http.HeadLimits;
import dev.agw.http.Headers;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class Http1ConnectionTest {
    private static final TestPort.Handler ECHO = (request, reply, lifeline) -> TestPort.text(
            reply,
            200,
            request.method() + " " + request.target() + " " + request.authority() + " [" + TestPort.body(request)
                    + "]");

    @Test
    void servesOneRequestAfterAnotherOnOneConnection() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                RawClient client = port.connect()) {
            assertThat(client.get("/a?b=c").body()).isEqualTo("GET /a?b=c test []");
            assertThat(client.post("/d", "{\"e\":1}").body()).isEqualTo("POST /d test [{\"e\":1}]");
        }
    }

    @Test
    void servesPipelinedRequestsInOrder() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                RawClient client = port.connect()) {
            client.send(RawClient.postText("/1", "x") + "GET /2 HTTP/1.1\r\nHost: test\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("POST /1 test [x]");
            assertThat(client.answer().body()).isEqualTo("GET /2 test []");
        }
    }

    @Test
    void readsChunkedBodiesWithExtensionsAndTrailers() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                RawClient client = port.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3;name=value\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: x\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("POST / test [abcde]");
            assertThat(client.get("/next").body()).isEqualTo("GET /next test []");
        }
    }

    @Test
    void servesHttp10AndClosesUnlessAskedNotTo() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                RawClient closing = port.connect();
                RawClient keeping = port.connect()) {
            closing.send("GET /old HTTP/1.0\r\n\r\n");
            assertThat(closing.answer().body()).isEqualTo("GET /old  []");
            assertThat(closing.ended()).isTrue();

            keeping.send("GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(keeping.answer().header("connection")).isEqualTo("keep-alive");
            assertThat(keeping.get("/new").status()).isEqualTo(200);
        }
    }

    @Test
    void sendsBodiesOfUnknownLengthToHttp10ClientsUntilTheConnectionEnds() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    reply.head(200, new Headers(), -1);
                    TestPort.write(reply, "abc");
                    reply.end();
                });
                RawClient client = port.connect()) {
            client.send("GET / HTTP/1.0\r\n\r\n");
            RawClient.Answer answer = client.answer();
            assertThat(answer.header("transfer-encoding")).isEmpty();
            assertThat(answer.body()).isEqualTo("abc");
        }
    }

    @Test
    void closesAfterTheAnswerWhenTheClientAsksForIt() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                RawClient client = port.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
            assertThat(client.answer().header("connection")).isEqualTo("close");
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void asksForTheBodyOnlyWhenItIsWanted() throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";
        try (TestPort port = new TestPort(ECHO);
                RawClient client = port.connect()) {
            client.send(head);
            assertThat(client.head().status()).isEqualTo(100);
            assertThat(client.send("abc").answer().body()).isEqualTo("POST / test [abc]");
        }
        try (TestPort port = new TestPort((request, reply, lifeline) -> TestPort.text(reply, 403, "no"));
                RawClient client = port.connect()) {
            client.send(head);
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("connection")).isEqualTo("close");
        }
    }

    @Test
    void deliversAnEarlyAnswerToAClientThatIsStillSending() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> TestPort.text(reply, 413, "too large"));
                RawClient client = port.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(50_000));
            assertThat(client.answer().body()).isEqualTo("too large");
        }
    }

    @Test
    void tellsLengthsOfHeadAnswersWithoutSendingABody() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> TestPort.text(reply, 200, "12345"));
                RawClient client = port.connect()) {
            client.send("HEAD / HTTP/1.1\r\nHost: test\r\n\r\n");
            assertThat(client.head().header("content-length")).isEqualTo("5");
            assertThat(client.get("/").body()).isEqualTo("12345");
        }
    }

    @Test
    void sendsNeitherBodyNorLengthWith204() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> TestPort.text(reply, 204, "dropped"));
                RawClient client = port.connect()) {
            RawClient.Answer answer = client.get("/");
            assertThat(answer.headers()).doesNotContainKeys("content-length", "transfer-encoding");
            assertThat(client.get("/").status()).isEqualTo(204);
        }
    }

    @Test
    void flushesEachEventOfAStreamAsItIsWritten() throws IOException {
        CountDownLatch second = new CountDownLatch(1);
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    reply.head(200, Headers.of("Content-Type", "text/event-stream"), -1);
                    TestPort.write(reply, "data: 1\n\n");
                    reply.flush();
                    await(second);
                    TestPort.write(reply, "data: 2\n\n");
                    reply.end();
                });
                RawClient client = port.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            client.head();
            assertThat(client.chunk()).isEqualTo("data: 1\n\n");
            second.countDown();
            assertThat(client.chunk()).isEqualTo("data: 2\n\n");
            assertThat(client.chunk()).isEmpty();
        }
    }

    @Test
    void neverEndsAnAbortedBodyCleanly() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    reply.head(200, new Headers(), -1);
                    TestPort.write(reply, "half");
                    reply.flush();
                    reply.abort();
                });
                RawClient client = port.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            client.head();
            assertThat(client.rest()).isEqualTo("4\r\nhalf\r\n");
        }
    }

    @Test
    void breaksOffABodyThatIsShorterThanAnnounced() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    reply.head(200, new Headers(), 10);
                    TestPort.write(reply, "half");
                    reply.flush();
                    reply.end();
                });
                RawClient client = port.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            client.head();
            assertThat(client.rest()).isEqualTo("half");
        }
    }

    @Test
    void cutsTheExchangeWhenItsClientLeaves() throws IOException {
        CountDownLatch cut = new CountDownLatch(1);
        AtomicReference<Lifeline.Cut> why = new AtomicReference<>();
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
            lifeline.onCut(() -> {
                why.set(Objects.requireNonNull(lifeline.cut()));
                cut.countDown();
            });
            await(cut);
        })) {
            RawClient client = port.connect();
            client.send("GET / HTTP/1.1\r\nHost: test\r\n\r\n");
            client.close();
            await(cut);
            assertThat(why).hasValue(Lifeline.Cut.CLIENT_GONE);
        }
    }

    @Test
    void keepsWhatAClientSendsWhileItWaits() throws IOException {
        CountDownLatch go = new CountDownLatch(1);
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    await(go);
                    TestPort.text(reply, 200, request.path());
                });
                RawClient client = port.connect()) {
            client.send("GET /1 HTTP/1.1\r\nHost: test\r\n\r\n");
            client.send("GET /2 HTTP/1.1\r\nHost: test\r\n\r\n");
            go.countDown();
            assertThat(client.answer().body()).isEqualTo("/1");
            assertThat(client.answer().body()).isEqualTo("/2");
        }
    }

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

    @Test
    void sparesAClientThatTakesALargeAnswer() throws IOException {
        byte[] large = new byte[8 << 20];
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    reply.head(200, new Headers(), large.length);
                    reply.write(large, 0, large.length);
                    reply.end();
                });
                RawClient client = port.connect()) {
            assertThat(client.get("/").body()).hasSize(large.length);
            assertThat(client.get("/").status()).isEqualTo(200);
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

    @Test
    void blamesTheDeadlineAndNotTheClientForABodyItCutShort() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    lifeline.limit(Duration.ofMillis(50).toNanos());
                    ECHO.handle(request, reply, lifeline);
                });
                RawClient client = port.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nab");
            assertThat(client.answer().status()).isEqualTo(504);
        }
    }

    @Test
    void answers503ToAnUploadThatTheShutdownCutsShort() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    lifeline.cut(Lifeline.Cut.SHUTDOWN);
                    ECHO.handle(request, reply, lifeline);
                });
                RawClient client = port.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(503);
        }
    }

    @Test
    void readsOnAfterACutThatAnotherAttemptMayFollow() throws IOException {
        for (Lifeline.Cut mendable : List.of(Lifeline.Cut.CONNECT_TIMEOUT, Lifeline.Cut.BACKEND_TIMEOUT)) {
            try (TestPort port = new TestPort((request, reply, lifeline) -> {
                        lifeline.cut(mendable);
                        ECHO.handle(request, reply, lifeline);
                    });
                    RawClient client = port.connect()) {
                assertThat(client.post("/", "abc").body()).isEqualTo("POST / test [abc]");
            }
        }
    }

    @Test
    void doesNotAskForTheBodyOnceTheAnswerHasBegun() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    reply.head(200, new Headers(), 4);
                    reply.flush();
                    request.body().next();
                    TestPort.write(reply, "done");
                    reply.end();
                });
                RawClient client = port.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(client.send("abc").exactly(4)).asString().isEqualTo("done");
        }
    }

    @Test
    void endsALingeringCloseWhileTheBodyIsStillAwaited() throws IOException {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    Thread.startVirtualThread(() -> pump(request, reading, ended));
                    await(reading);
                    TestPort.text(reply, 413, "too large");
                });
                RawClient client = port.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\n");
            assertThat(client.answer().body()).isEqualTo("too large");
            await(ended);
        }
    }

    private static void pump(Request request, CountDownLatch reading, CountDownLatch ended) {
        try {
            reading.countDown();
            request.body().next();
        } catch (ClientGoneException expected) {
            ended.countDown();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void countsFailuresToAccept() throws IOException {
        try (TestPort port = new TestPort(connections(1), ECHO);
                RawClient first = port.connect()) {
            assertThat(first.get("/").status()).isEqualTo(200);
            port.failsToRefuse = true;
            try (RawClient second = port.connect()) {
                await(port.acceptFailed);
            }
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

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
