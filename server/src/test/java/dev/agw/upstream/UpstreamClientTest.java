package dev.agw.upstream;

import static dev.agw.upstream.TestCaller.get;
import static dev.agw.upstream.TestCaller.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Lifeline.Cut;
import dev.agw.exchange.Tunnel;
import dev.agw.http.Body;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.testing.LoopbackPorts;
import dev.agw.testing.OddServer;
import dev.agw.upstream.UpstreamRequest.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpstreamClientTest {
    private static final Patience SHORT =
            new Patience(Duration.ofMillis(50).toNanos(), Duration.ofMillis(50).toNanos());

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

    @Test
    void sendsHeadAndBodyAsGiven() throws IOException {
        UpstreamRequest request = new UpstreamRequest(
                "POST",
                "/v1/chat?x=%7C|",
                Headers.of("host", "api.example.com", "x-Odd", "caf\u00e9"),
                Payload.of("hello".getBytes(StandardCharsets.UTF_8)),
                TestCaller.PATIENT);

        caller.fetch(origin, request);

        String[] lines = server.heads().getFirst().split("\r\n");
        assertThat(lines)
                .containsExactly(
                        "POST /v1/chat?x=%7C| HTTP/1.1",
                        "host: api.example.com", "x-Odd: caf\u00e9", "Content-Length: 5");
    }

    @Test
    void saysTheFramingItselfAndExpectsNothing() throws IOException {
        Headers headers = Headers.of(
                "Host", "a", "Content-Length", "99", "Transfer-Encoding", "chunked", "Expect", "100-continue");
        UpstreamRequest request =
                new UpstreamRequest("PUT", "/x", headers, Payload.of(new byte[3]), TestCaller.PATIENT);

        caller.fetch(origin, request);

        assertThat(server.heads()).containsExactly("PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n");
        assertThat(headers.size()).isEqualTo(4);
    }

    @Test
    void saysThatABodyIsEmptyOnlyWhereOneIsExpected() throws IOException {
        caller.fetch(origin, request("POST", "/x", Payload.of(new byte[0])));
        caller.fetch(origin, request("DELETE", "/x", Payload.of(Body.EMPTY)));

        assertThat(server.heads())
                .containsExactly(
                        "POST /x HTTP/1.1\r\nHost: backend\r\nContent-Length: 0\r\n\r\n",
                        "DELETE /x HTTP/1.1\r\nHost: backend\r\n\r\n");
    }

    @Test
    void refusesATargetThatWouldBreakTheRequestLine() {
        assertThatIllegalArgumentException().isThrownBy(() -> get("/a HTTP/1.1\r\nX: y"));
        assertThatIllegalArgumentException().isThrownBy(() -> get("/\u010d\u010a"));
        assertThatIllegalArgumentException().isThrownBy(() -> get(""));
    }

    @Test
    void reportsARefusedConnectionAsUnreachable() throws IOException {
        Origin nobody = TestCaller.origin(LoopbackPorts.refusing());

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.call(nobody, get("/")))
                .satisfies(e -> assertThat(e.failure())
                        .isEqualTo(Failure.UpstreamFailure.unreachable("cannot connect to " + nobody.authority())));
        assertThat(caller.connectFailures).hasValue(1);
    }

    @Test
    void reportsANewConnectionThatIsBrokenOffAsBroken() {
        server.on("/close", OddServer.Visit::hangUp).on("/reset", OddServer.Visit::reset);

        for (String path : new String[] {"/close", "/reset"}) {
            assertThatExceptionOfType(ExchangeException.class)
                    .isThrownBy(() -> caller.call(origin, get(path)))
                    .satisfies(e -> assertThat(e.failure().status()).isEqualTo(502));
        }
        assertThat(caller.resent).hasValue(0);
    }

    @Test
    void reportsAHeadThatIsBrokenOffAsBroken() {
        server.once("/half", "HTTP/1.1 200 OK\r\nConte");

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.call(origin, get("/half")))
                .satisfies(e -> assertThat(e.failure().message()).contains("broke its answer off"));
    }

    @Test
    void sendsOnceMoreWhatMetADeadConnection() throws IOException {
        AtomicInteger answered = new AtomicInteger();
        server.on("/race", visit -> {
            visit.body();
            if (visit.number() > 1) {
                visit.reset();
            } else {
                visit.send(OddServer.ok("answer " + answered.incrementAndGet()));
            }
        });
        UpstreamRequest post = request("POST", "/race", Payload.of(new byte[10]));

        assertThat(caller.fetch(origin, post)).isEqualTo("200 answer 1");
        assertThat(caller.fetch(origin, post)).isEqualTo("200 answer 2");
        assertThat(caller.resent).hasValue(1);
        assertThat(caller.pools().getFirst().open()).isEqualTo(1);
    }

    private void dieLateTheSecondTime() {
        server.on("/late", visit -> {
            visit.body();
            if (visit.number() > 1) {
                caller.later(Duration.ofSeconds(2));
                visit.hangUp();
            } else {
                visit.send(OddServer.ok("1"));
            }
        });
    }

    @Test
    void sendsNothingOnceMoreThatABackendMayHaveWorkedOn() throws IOException {
        dieLateTheSecondTime();
        UpstreamRequest post = request("POST", "/late", Payload.of(new byte[10]));
        caller.fetch(origin, post);

        assertThatExceptionOfType(ExchangeException.class).isThrownBy(() -> caller.call(origin, post));
        assertThat(caller.resent).hasValue(0);
        assertThat(server.heads()).hasSize(2);
    }

    @Test
    void sendsOnceMoreWhatDoesNoHarmTwice() throws IOException {
        dieLateTheSecondTime();
        Headers named = Headers.of("Host", "backend");
        named.add(HeaderName.of("Idempotency-Key"), "7");
        for (UpstreamRequest harmless : List.of(
                get("/late"),
                new UpstreamRequest("POST", "/late", named, Payload.of(new byte[10]), TestCaller.PATIENT))) {
            assertThat(caller.fetch(origin, harmless)).isEqualTo("200 1");
            assertThat(caller.fetch(origin, harmless)).isEqualTo("200 1");
        }
        assertThat(caller.resent).hasPositiveValue();
    }

    @Test
    void sendsNothingOnceMoreThatWasPartlyAnswered() throws IOException {
        server.on("/race", visit -> {
            if (visit.number() > 1) {
                visit.send("H");
                visit.hangUp();
            } else {
                visit.send(OddServer.ok("1"));
            }
        });

        caller.fetch(origin, get("/race"));

        assertThatExceptionOfType(ExchangeException.class).isThrownBy(() -> caller.call(origin, get("/race")));
        assertThat(caller.resent).hasValue(0);
    }

    @Test
    void neverUsesAConnectionThatItsPeerHasEnded() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        server.on("/last", visit -> {
            visit.send(OddServer.ok("bye"));
            visit.hangUp();
            hungUp.countDown();
        });

        caller.fetch(origin, get("/last"));
        hungUp.await();

        assertThat(caller.fetch(origin, get("/next"))).isEqualTo("200 /next");
    }

    @Test
    void keepsAConnectionWhoseUnwantedAnswerIsHere() throws IOException {
        server.on("/error", "HTTP/1.1 503 No\r\nContent-Length: 4\r\n\r\nsoon");

        caller.call(origin, get("/error")).close();
        caller.fetch(origin, get("/next"));

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void endsAConnectionWhoseAnswerIsStillComing() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        server.on("/stream", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
            visit.awaitEnd();
            ended.countDown();
        });

        UpstreamResponse response = caller.call(origin, get("/stream"));
        response.close();
        response.close();

        assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(caller.pools().getFirst().open()).isZero();
    }

    @Test
    void givesUpOnAHeadThatTakesTooLong() {
        server.on("/slow", OddServer.Visit::awaitEnd);
        UpstreamRequest slow = new UpstreamRequest("GET", "/slow", new Headers(), Payload.NONE, SHORT);

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.call(origin, slow))
                .satisfies(e -> assertThat(e.failure())
                        .isEqualTo(new Failure.TimedOut(
                                Cut.BACKEND_TIMEOUT, "no answer from " + origin.authority() + " in time")));
    }

    @Test
    void givesUpOnABodyThatStops() throws IOException {
        server.on("/stops", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab");
            visit.awaitEnd();
        });
        UpstreamRequest slow = new UpstreamRequest(
                "GET", "/stops", new Headers(), Payload.NONE, new Patience(0, SHORT.idleNanos() * 20));

        try (UpstreamResponse response = caller.call(origin, slow)) {
            response.patience(SHORT.idleNanos(), Cut.FIRST_TOKEN_TIMEOUT);
            assertThatExceptionOfType(UpstreamBrokenException.class)
                    .isThrownBy(() -> TestCaller.text(response))
                    .satisfies(e -> assertThat(e.failure())
                            .isInstanceOfSatisfying(
                                    Failure.TimedOut.class,
                                    late -> assertThat(late.which()).isEqualTo(Cut.FIRST_TOKEN_TIMEOUT)));
        }
    }

    @Test
    void endsTheCallWhenTheClientLeaves() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        server.on("/slow", visit -> {
            asked.countDown();
            visit.awaitEnd();
            ended.countDown();
        });
        Lifeline lifeline = caller.lifeline();
        Thread.ofVirtual().start(() -> {
            await(asked);
            lifeline.cut(Cut.CLIENT_GONE);
        });

        assertThatExceptionOfType(ClientGoneException.class)
                .isThrownBy(() -> caller.client().call(origin, get("/slow"), lifeline));
        assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = Cut.class, names = "CLIENT_GONE", mode = EnumSource.Mode.EXCLUDE)
    void saysWhyACallWasCut(Cut cut) {
        Lifeline lifeline = caller.lifeline();
        lifeline.cut(cut);

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.client().call(origin, get("/"), lifeline))
                .satisfies(e -> assertThat(e.failure().status()).isEqualTo(cut == Cut.SHUTDOWN ? 503 : 504));
    }

    @Test
    void aLateCutLeavesTheConnectionToItsNextUser() throws IOException {
        Lifeline over = caller.lifeline();
        try (UpstreamResponse response = caller.client().call(origin, get("/first"), over)) {
            TestCaller.text(response);
        }
        over.cut(Cut.CLIENT_GONE);

        assertThat(caller.fetch(origin, get("/second"))).isEqualTo("200 /second");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void givesUpOnConnectingInTime() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Origin deaf = TestCaller.origin(
                    "127.0.0.1", full.getLocalPort(), TestCaller.connectTimeout(Duration.ofMillis(100)));
            Optional<Failure> failure = Optional.empty();
            for (int i = 0; i < 8 && failure.isEmpty(); i++) { // until its backlog is full
                failure = connectFailure(deaf);
            }
            assertThat(failure)
                    .contains(new Failure.TimedOut(
                            Cut.CONNECT_TIMEOUT, "no connection to " + deaf.authority() + " in time"));
        }
    }

    /// What went wrong, if it was connecting.
    private Optional<Failure> connectFailure(Origin deaf) {
        UpstreamRequest request = new UpstreamRequest("GET", "/", new Headers(), Payload.NONE, SHORT);
        try (UpstreamResponse response = caller.call(deaf, request)) {
            throw new AssertionError("answered with " + response.status());
        } catch (ExchangeException e) {
            return Optional.of(e.failure())
                    .filter(failure -> failure instanceof Failure.TimedOut late && late.which() == Cut.CONNECT_TIMEOUT);
        }
    }

    @Test
    void opensATunnelWhenTheBackendUpgrades() throws IOException {
        server.on("/ws", visit -> {
            visit.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nearly ");
            visit.send("echo " + new String(visit.in().readNBytes(4), StandardCharsets.ISO_8859_1));
            visit.awaitEnd();
        });

        try (UpstreamResponse response = caller.call(origin, get("/ws").upgrading("websocket"))) {
            Tunnel tunnel = response.tunnel().orElseThrow();
            tunnel.write("ping".getBytes(StandardCharsets.US_ASCII), 0, 4);
            byte[] read = new byte[15];
            for (int at = 0; at < read.length; ) {
                at += tunnel.read(read, at, read.length - at);
            }
            assertThat(new String(read, StandardCharsets.US_ASCII)).isEqualTo("early echo ping");
            tunnel.close();
            assertThat(caller.pools().getFirst().open()).isZero();
        }
        assertThat(server.heads().getFirst()).contains("\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n");
    }

    @Test
    void opensNoTunnelForOtherAnswers() throws IOException {
        try (UpstreamResponse response = caller.call(origin, get("/ws").upgrading("websocket"))) {
            assertThat(response.tunnel()).isEmpty();
            assertThat(response.authority()).isEqualTo("127.0.0.1:" + server.port());
        }
    }

    @Test
    void setsKeepAliveProbes() throws IOException {
        ConnectionSettings settings = new ConnectionSettings(
                ConnectionSettings.Timeouts.DEFAULT,
                ConnectionSettings.Pool.DEFAULT,
                Optional.of(new ConnectionSettings.TcpKeepAlive(60, 30, 3)),
                ConnectionSettings.DEFAULT.answers());

        assertThat(caller.fetch(TestCaller.origin("127.0.0.1", server.port(), settings), get("/x")))
                .isEqualTo("200 /x");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
