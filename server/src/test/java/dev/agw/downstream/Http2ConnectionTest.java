package dev.agw.downstream;

import static dev.agw.testing.FrameClient.CONTINUATION;
import static dev.agw.testing.FrameClient.DATA;
import static dev.agw.testing.FrameClient.END_STREAM;
import static dev.agw.testing.FrameClient.GOAWAY;
import static dev.agw.testing.FrameClient.HEADERS;
import static dev.agw.testing.FrameClient.PING;
import static dev.agw.testing.FrameClient.PRIORITY;
import static dev.agw.testing.FrameClient.RST_STREAM;
import static dev.agw.testing.FrameClient.SETTINGS;
import static dev.agw.testing.FrameClient.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Reply;
import dev.agw.http.Body;
import dev.agw.http.HeadLimits;
import dev.agw.http.Headers;
import dev.agw.http2.ErrorCode;
import dev.agw.telemetry.Flood;
import dev.agw.telemetry.Limit;
import dev.agw.testing.Eventually;
import dev.agw.testing.FrameClient;
import dev.agw.testing.FrameClient.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class Http2ConnectionTest {
    private static final TestPort.Handler ECHO = (request, reply, lifeline) -> TestPort.text(
            reply,
            200,
            request.version() + " " + request.method() + " " + request.target() + " " + request.authority() + " ["
                    + TestPort.body(request) + "]");
    private static final byte[] EIGHT = new byte[8];

    @Test
    void servesARequestOfAClientWithPriorKnowledge() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.post(1, "/a?b=c")
                    .send(DATA, 0, 1, new byte[] {104, 101, 108})
                    .send(DATA, END_STREAM, 1, new byte[] {108, 111});
            assertThat(client.body(1)).isEqualTo("HTTP/2 POST /a?b=c test [hello]");
        }
    }

    @Test
    void upgradesAConnectionOfHttp1AndServesManyStreamsAtATime() throws Exception {
        try (TestPort port = new TestPort(ECHO);
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://localhost:" + port.port.number() + "/first");
            HttpResponse<String> first =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                HttpRequest post = HttpRequest.newBuilder(uri.resolve("/n" + i))
                        .POST(HttpRequest.BodyPublishers.ofString("x".repeat(10_000)))
                        .build();
                answers.add(client.sendAsync(post, HttpResponse.BodyHandlers.ofString()));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(answers.get(i).get().body())
                        .startsWith("HTTP/2 POST /n" + i + " ")
                        .hasSizeGreaterThan(10_000);
            }
            assertThat(port.port.connections()).isEqualTo(1);
        }
    }

    @Test
    void takesAnUploadLargerThanItsWindowsWhileItAnswers() throws Exception {
        TestPort.Handler doubling = (request, reply, lifeline) -> {
            reply.head(200, new Headers(), Reply.UNKNOWN_LENGTH);
            while (request.body().next()) {
                reply.write(
                        request.body().array(),
                        request.body().offset(),
                        request.body().length());
                reply.flush();
            }
            reply.end();
        };
        try (TestPort port = new TestPort(doubling);
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://localhost:" + port.port.number() + "/");
            client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            byte[] large = new byte[5 << 20];
            HttpRequest post = HttpRequest.newBuilder(uri)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(large))
                    .build();
            assertThat(client.send(post, HttpResponse.BodyHandlers.ofByteArray())
                            .body())
                    .hasSize(large.length);
        }
    }

    @Test
    void aReaderThatDoesNotReadHoldsItsStreamBackAndNoOther() throws Exception {
        AtomicInteger written = new AtomicInteger();
        TestPort.Handler endless = (request, reply, lifeline) -> {
            if (request.path().equals("/short")) {
                TestPort.text(reply, 200, "short");
                return;
            }
            reply.head(200, new Headers(), Reply.UNKNOWN_LENGTH);
            byte[] piece = new byte[1000];
            while (true) {
                reply.write(piece, 0, piece.length);
                reply.flush();
                written.addAndGet(piece.length);
            }
        };
        try (TestPort port = new TestPort(endless);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.sendNumber(WINDOW_UPDATE, 0, 1 << 20).get(1, "/endless");
            int got = 0;
            while (got < 65_535) {
                got += client.next(DATA).payload().length;
            }
            client.get(3, "/short");
            assertThat(client.body(3)).isEqualTo("short");
            assertThat(written.get()).isLessThanOrEqualTo(65_535);
            client.sendNumber(WINDOW_UPDATE, 1, 1000);
            assertThat(client.next(DATA).payload()).hasSizeLessThanOrEqualTo(1000);
        }
    }

    @Test
    void aStreamThatIsResetCutsItsExchangeAndNoOther() throws Exception {
        AtomicReference<Lifeline.Cut> cut = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        TestPort.Handler waiting = (request, reply, lifeline) -> {
            if (request.path().equals("/wait")) {
                Thread self = Thread.currentThread();
                lifeline.onCut(() -> LockSupport.unpark(self));
                begun.countDown();
                while (lifeline.cut() == null) {
                    LockSupport.park();
                }
                cut.set(lifeline.cut());
            } else {
                TestPort.text(reply, 200, "other");
            }
        };
        try (TestPort port = new TestPort(waiting);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.get(1, "/wait");
            begun.await();
            client.sendNumber(RST_STREAM, 1, ErrorCode.CANCEL.code());
            Eventually.until("the exchange is cut", () -> cut.get() == Lifeline.Cut.CLIENT_GONE);
            client.get(3, "/other");
            assertThat(client.body(3)).isEqualTo("other");
        }
    }

    @Test
    void anEarlyAnswerEndsTheWaitForTheRestOfItsRequest() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        TestPort.Handler refusing = (request, reply, lifeline) -> {
            if (request.method().equals("POST")) {
                Thread.startVirtualThread(() -> readToItsEnd(request.body(), over));
            }
            TestPort.text(reply, 401, "no");
        };
        try (TestPort port = new TestPort(refusing);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.post(1, "/").send(DATA, 0, 1, EIGHT);
            assertThat(client.body(1)).isEqualTo("no");
            assertThat(client.next(RST_STREAM).number(0)).isEqualTo(ErrorCode.NO_ERROR.code());
            TestPort.await(over);
            client.get(3, "/");
            assertThat(client.body(3)).isEqualTo("no");
        }
    }

    private static void readToItsEnd(Body body, CountDownLatch brokenOff) {
        try {
            while (body.next()) {
                // nobody wants it
            }
        } catch (ClientGoneException expected) {
            brokenOff.countDown();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aStreamOlderThanTheIdleTimerSurvivesPingAndWindowUpdate() throws Exception {
        ConnectionLimits limits = new ConnectionLimits(
                100,
                HeadLimits.REQUEST,
                Duration.ofMillis(100),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                1000);
        CountDownLatch old = new CountDownLatch(1);
        TestPort.Handler patient = (request, reply, lifeline) -> {
            reply.head(200, new Headers(), Reply.UNKNOWN_LENGTH);
            reply.flush();
            try {
                old.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            TestPort.write(reply, "late");
            reply.end();
        };
        try (TestPort port = new TestPort(limits, patient);
                FrameClient client = FrameClient.connect(port.port.number())) {
            long start = System.nanoTime();
            client.get(1, "/");
            client.next(HEADERS);
            Eventually.until("older than the idle timer", () -> System.nanoTime() - start > 400_000_000);
            client.send(PING, 0, 0, EIGHT).sendNumber(WINDOW_UPDATE, 1, 10);
            assertThat(client.next(PING).has(1)).isTrue();
            old.countDown();
            assertThat(client.body(1)).isEqualTo("late");
            assertThat(client.next(GOAWAY).number(4)).isEqualTo(ErrorCode.NO_ERROR.code());
        }
    }

    @Test
    void aDrainLosesNoStream() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        TestPort.Handler slow = (request, reply, lifeline) -> {
            if (request.path().equals("/slow")) {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            TestPort.text(reply, 200, "done");
        };
        try (TestPort port = new TestPort(slow);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.get(1, "/slow").send(PING, 0, 0, EIGHT).next(PING);
            port.listeners.drain();
            assertThat(client.next(GOAWAY).number(0)).isEqualTo(Integer.MAX_VALUE);
            client.get(3, "/meanwhile");
            assertThat(client.body(3)).isEqualTo("done");
            assertThat(client.next(GOAWAY).number(0)).isEqualTo(3);
            client.get(5, "/after");
            assertThat(client.next(RST_STREAM).number(0)).isEqualTo(ErrorCode.REFUSED_STREAM.code());
            go.countDown();
            assertThat(client.body(1)).isEqualTo("done");
            assertThat(client.socket().getInputStream().read()).isNegative();
        }
    }

    @Test
    void streamsBeyondTheLimitAreRefusedOneByOne() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        TestPort.Handler slow = (request, reply, lifeline) -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            TestPort.text(reply, 200, "done");
        };
        try (TestPort port = new TestPort(slow);
                FrameClient client = FrameClient.connect(port.port.number())) {
            for (int i = 0; i <= ConnectionLimits.Http2.DEFAULT.streams(); i++) {
                client.get(2 * i + 1, "/");
            }
            Frame refused = client.next(RST_STREAM);
            assertThat(refused.stream()).isEqualTo(2 * ConnectionLimits.Http2.DEFAULT.streams() + 1);
            assertThat(refused.number(0)).isEqualTo(ErrorCode.REFUSED_STREAM.code());
            assertThat(port.limits).containsExactly(Limit.CONCURRENT_STREAMS);
            go.countDown();
            assertThat(client.next(HEADERS).stream()).isLessThan(refused.stream());
        }
    }

    @Test
    void eachFloodIsCutOffAndCounted() throws Exception {
        flood(Flood.PING, client -> client.send(PING, 0, 0, EIGHT));
        flood(Flood.SETTINGS, client -> client.send(SETTINGS, 0, 0));
        flood(Flood.PRIORITY, client -> client.send(PRIORITY, 0, 1, new byte[5]));
        flood(Flood.PRIORITY, client -> client.send(77, 0, 1));
        flood(Flood.WINDOW_UPDATE, client -> client.sendNumber(WINDOW_UPDATE, 0, 1));
        flood(Flood.EMPTY_FRAME, client -> client.send(DATA, 0, 1));
        flood(Flood.CONTINUATION, new Sending() {
            private boolean begun;

            @Override
            public void send(FrameClient client) throws IOException {
                client.send(
                        begun ? CONTINUATION : HEADERS, 0, 3, begun ? new byte[0] : FrameClient.request("GET", "/"));
                begun = true;
            }
        });
        AtomicInteger stream = new AtomicInteger(3);
        flood(
                Flood.RAPID_RESET,
                client -> client.get(stream.get(), "/").sendNumber(RST_STREAM, stream.getAndAdd(2), 8));
    }

    private interface Sending {
        void send(FrameClient client) throws IOException;
    }

    private static void flood(Flood kind, Sending sending) throws Exception {
        try (TestPort port = new TestPort((request, reply, lifeline) -> {
                    request.body().readAll(100);
                    TestPort.text(reply, 200, "");
                });
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.post(1, "/");
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 100_000; i++) {
                        sending.send(client);
                    }
                } catch (IOException cutOff) {
                    // as it should
                }
            });
            assertThat(client.next(GOAWAY).number(4)).as(kind.label()).isEqualTo(ErrorCode.ENHANCE_YOUR_CALM.code());
            client.socket().close();
            sender.join();
            assertThat(port.floods).containsExactly(kind);
        }
    }

    @Test
    void malformedRequestsEndTheirStreamAlone() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                FrameClient client = FrameClient.connect(port.port.number())) {
            String[][] wrong = {
                {"Upper", "x"},
                {"connection", "close"},
                {"te", "gzip"},
                {":late", "x"},
                {"a", "b\r\nc: d"},
                {"transfer-encoding", "chunked"},
                {"host", "other"},
                {"content-length", "5"},
                {"a b", "c"},
            };
            int stream = 1;
            for (String[] field : wrong) {
                client.get(stream, "/", field);
                Frame reset = client.next(RST_STREAM);
                assertThat(reset.stream()).isEqualTo(stream);
                assertThat(reset.number(0)).as(field[0]).isEqualTo(ErrorCode.PROTOCOL_ERROR.code());
                stream += 2;
            }
            client.get(stream, "http://other/x").next(RST_STREAM);
            client.get(stream + 2, "/right");
            assertThat(client.body(stream + 2)).contains("/right");
        }
    }

    @Test
    void aBodyOfAnotherLengthThanAnnouncedEndsItsStream() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.post(1, "/", "content-length", "3").send(DATA, END_STREAM, 1, new byte[4]);
            assertThat(client.next(RST_STREAM).number(0)).isEqualTo(ErrorCode.PROTOCOL_ERROR.code());
            client.post(3, "/", "content-length", "3").send(DATA, END_STREAM, 3, new byte[2]);
            assertThat(client.next(RST_STREAM).number(0)).isEqualTo(ErrorCode.PROTOCOL_ERROR.code());
        }
    }

    @Test
    void aHeadThatIsTooLargeIsAnswered431() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                FrameClient client = FrameClient.connect(port.port.number())) {
            byte[] block = FrameClient.request("GET", "/", "a", "x".repeat(9_000), "b", "x".repeat(15_000));
            client.send(HEADERS, END_STREAM, 1, java.util.Arrays.copyOf(block, 15_000))
                    .send(CONTINUATION, 4, 1, java.util.Arrays.copyOfRange(block, 15_000, block.length));
            byte[] head = client.next(HEADERS).payload();
            assertThat(new String(head, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .isNotEmpty();
            client.get(3, "/still");
            assertThat(client.body(3)).contains("/still");
        }
    }

    @Test
    void aBlockThatCannotBeDecodedEndsTheConnection() throws IOException {
        try (TestPort port = new TestPort(ECHO);
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.send(HEADERS, 5, 1, (byte) 0xC6);
            assertThat(client.next(GOAWAY).number(4)).isEqualTo(ErrorCode.COMPRESSION_ERROR.code());
        }
    }

    @Test
    void crumbsOfCookiesAreJoined() throws IOException {
        try (TestPort port = new TestPort((request, reply, lifeline) -> TestPort.text(
                        reply,
                        200,
                        request.headers()
                                .all(dev.agw.http.HeaderName.of("cookie"))
                                .toString()));
                FrameClient client = FrameClient.connect(port.port.number())) {
            client.get(1, "/", "cookie", "a=1", "cookie", "b=2");
            assertThat(client.body(1)).isEqualTo("[a=1; b=2]");
        }
    }
}
