package dev.agw.upstream;

import static dev.agw.upstream.TestCaller.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Lifeline.Cut;
import dev.agw.exchange.Tunnel;
import dev.agw.telemetry.Chore;
import dev.agw.testing.OddServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final TestCaller caller = new TestCaller();
    private OddServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer();
        server.on("/connection", visit -> visit.send(OddServer.ok("" + visit.connection())));
    }

    @AfterEach
    void stop() throws IOException {
        caller.close();
        server.close();
    }

    private Origin bounded(int connections, int idle, int pending, int requests) {
        ConnectionSettings.Pool bounds = new ConnectionSettings.Pool(connections, idle, pending, requests, IDLE, LIFE);
        return TestCaller.origin("127.0.0.1", server.port(), TestCaller.pool(bounds));
    }

    private String connectionOf(Origin origin) throws IOException {
        return caller.fetch(origin, get("/connection"));
    }

    private List<UpstreamResponse> open(Origin origin, int count) {
        List<UpstreamResponse> responses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            responses.add(caller.call(origin, get("/connection")));
        }
        return responses;
    }

    private UpstreamClient.PoolState state() {
        return caller.pools().getFirst();
    }

    @Test
    void usesTheConnectionThatWasUsedLast() throws Exception {
        Origin origin = bounded(10, 10, 0, 0);
        OneLoop.run(() -> {
            open(origin, 3).forEach(UpstreamResponse::close);

            assertThat(connectionOf(origin)).isEqualTo("200 3");
            assertThat(connectionOf(origin)).isEqualTo("200 3");
        });
    }

    @Test
    void keepsNoMoreThanTheIdleOnesAllowed() {
        open(bounded(10, 2, 0, 0), 5).forEach(UpstreamResponse::close);

        assertThat(state().open()).isEqualTo(2);
        assertThat(state().idle()).isEqualTo(2);
    }

    @Test
    void endsAConnectionAfterItsShareOfRequests() throws IOException {
        Origin origin = bounded(10, 10, 0, 2);

        assertThat(List.of(connectionOf(origin), connectionOf(origin), connectionOf(origin)))
                .containsExactly("200 1", "200 1", "200 2");
    }

    @Test
    void endsConnectionsThatNobodyUsed() throws Exception {
        Origin origin = bounded(10, 10, 0, 0);
        OneLoop.run(() -> {
            open(origin, 3).forEach(UpstreamResponse::close);
            caller.later(IDLE.dividedBy(2));
            connectionOf(origin);

            caller.later(IDLE.dividedBy(2).plusSeconds(1));

            assertThat(state().open()).isEqualTo(1);
            assertThat(connectionOf(origin)).isEqualTo("200 3");
        });
    }

    @Test
    void endsConnectionsThatAreOldEvenWhenTheyAreBusy() throws IOException {
        Origin origin = bounded(10, 10, 0, 0);
        connectionOf(origin);
        for (Duration age = Duration.ZERO; age.compareTo(LIFE) < 0; age = age.plusSeconds(30)) {
            caller.later(Duration.ofSeconds(30));
            assertThat(connectionOf(origin)).isEqualTo("200 1");
        }

        assertThat(connectionOf(origin)).isEqualTo("200 2");
    }

    @Test
    void whatFailsAtOnePoolIsDoneAtTheOthers() throws IOException {
        for (int idle = 1; idle <= 8; idle++) {
            connectionOf(flawed(idle));
        }
        connectionOf(bounded(10, 10, 0, 0));
        caller.later(IDLE);

        caller.later(Duration.ofSeconds(1));

        assertThat(caller.pools()).hasSize(8);
        assertThat(caller.housekeeping.failures(Chore.POOLS)).isEqualTo(16);
    }

    @SuppressWarnings("NullAway") // what a defect elsewhere could hand over
    private Origin flawed(int idle) {
        ConnectionSettings.Pool bounds = new ConnectionSettings.Pool(10, idle, 0, 0, null, LIFE);
        return TestCaller.origin("127.0.0.1", server.port(), TestCaller.pool(bounds));
    }

    @Test
    void forgetsAPoolThatNobodyUses() throws IOException {
        connectionOf(bounded(10, 10, 0, 0));
        caller.later(IDLE);

        caller.later(Duration.ofSeconds(1));

        assertThat(caller.pools()).isEmpty();
    }

    @Test
    void endsConnectionsOfAForgottenClientWhenTheirCallsEnd() throws IOException {
        UpstreamResponse response = open(bounded(10, 10, 0, 0), 1).getFirst();
        caller.client().close();

        assertThat(TestCaller.text(response)).isEqualTo("1");
        assertThat(caller.pools()).isEmpty();
    }

    @Test
    void equalOriginsShareAPool() throws IOException {
        connectionOf(bounded(10, 10, 0, 0));
        connectionOf(bounded(10, 10, 0, 0));
        connectionOf(bounded(11, 10, 0, 0));

        assertThat(caller.pools()).hasSize(2);
        assertThat(bounded(1, 1, 1, 1)).hasToString("plaintext://127.0.0.1:" + server.port());
    }

    @Test
    void poolsOfOneOriginAreToldApart() throws IOException {
        Origin origin = bounded(1, 1, 0, 0);
        connectionOf(origin);
        Tunnel tunnel = caller.client().open(origin, caller.lifeline(), 0);

        assertThat(caller.pools())
                .extracting("protocol", "open")
                .containsExactly(tuple("http1", 1), tuple("tunnel", 1));
        tunnel.close();
    }

    @Test
    void letsRequestsWaitForAConnection() throws Exception {
        Origin origin = bounded(2, 2, 100, 0);
        List<Future<String>> answers = new ArrayList<>();
        List<UpstreamResponse> busy = open(origin, 2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(() -> connectionOf(origin)));
            }
            awaitPending(50);
            busy.forEach(UpstreamResponse::close);
        }

        for (Future<String> answer : answers) {
            assertThat(answer.get()).isIn("200 1", "200 2");
        }
        assertThat(server.connections()).isEqualTo(2);
        assertThat(state().pending()).isZero();
        assertThat(state().idle()).isEqualTo(2);
    }

    @Test
    void givesTheRoomOfAnEndedConnectionToAWaiter() throws Exception {
        Origin origin = bounded(1, 1, 1, 1);
        UpstreamResponse busy = open(origin, 1).getFirst();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> waiting = threads.submit(() -> connectionOf(origin));
            awaitPending(1);
            busy.close();
            assertThat(waiting.get()).isEqualTo("200 2");
        }
    }

    @Test
    void refusesRequestsThatFindNoRoomToWait() {
        Origin origin = bounded(1, 1, 0, 0);
        List<UpstreamResponse> busy = open(origin, 1);

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> connectionOf(origin))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.Overloaded.class));
        busy.forEach(UpstreamResponse::close);
    }

    @Test
    void letsNobodyWaitForEver() {
        ConnectionSettings settings = new ConnectionSettings(
                new ConnectionSettings.Timeouts(Duration.ofMillis(500), Duration.ofSeconds(5)),
                new ConnectionSettings.Pool(1, 1, 1, 0, IDLE, LIFE),
                java.util.Optional.empty(),
                ConnectionSettings.DEFAULT.answers());
        Origin origin = TestCaller.origin("127.0.0.1", server.port(), settings);
        List<UpstreamResponse> busy = open(origin, 1);
        Lifeline lifeline = caller.lifeline();

        assertThatExceptionOfType(ExchangeException.class)
                .isThrownBy(() -> caller.client().call(origin, get("/connection"), lifeline))
                .satisfies(e -> assertThat(e.failure()).isInstanceOf(Failure.Overloaded.class))
                .satisfies(e -> assertThat(e.failure().retryable())
                        .as("another endpoint may have one")
                        .isTrue());
        assertThat(lifeline.cut()).isNull();
        assertThat(state().pending()).isZero();
        busy.forEach(UpstreamResponse::close);
    }

    @Test
    void aWaiterWhoseClientLeavesTakesNothing() throws Exception {
        Origin origin = bounded(1, 1, 1, 0);
        UpstreamResponse busy = open(origin, 1).getFirst();
        Lifeline lifeline = caller.lifeline();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<UpstreamResponse> waiting =
                    threads.submit(() -> caller.client().call(origin, get("/connection"), lifeline));
            awaitPending(1);
            lifeline.cut(Cut.CLIENT_GONE);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(waiting::get)
                    .withCauseInstanceOf(ClientGoneException.class);
        }
        busy.close();
        assertThat(connectionOf(origin)).isEqualTo("200 1");
    }

    @Test
    void losesNoConnectionUnderContention() throws Exception {
        Origin origin = bounded(4, 3, 1000, 7);
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 400; i++) {
                String path = "/number/" + i;
                answers.add(threads.submit(() -> caller.fetch(origin, get(path))));
            }
            for (int i = 0; i < 10; i++) {
                caller.later(IDLE.dividedBy(2));
            }
        }

        for (int i = 0; i < 400; i++) {
            assertThat(answers.get(i).get()).isEqualTo("200 /number/" + i);
        }
        assertThat(state().open()).isEqualTo(state().idle()).isLessThanOrEqualTo(3);
        assertThat(state().pending()).isZero();
    }

    private void awaitPending(int count) {
        while (state().pending() < count) {
            Thread.onSpinWait();
        }
    }
}
