package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.gateway.Hurry;
import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import dev.agw.testing.Eventually;
import dev.agw.testing.LoopbackPorts;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two gateways behind clients of HTTP/1.1 and HTTP/2 that go round those that say they are ready, restarted one after
/// the other.
///
/// With `-Dagw.load=true` under the full load: 500 requests a second and 1,000 open streams.
@Timeout(180)
class RollingRestartFlowTest {
    private static final boolean FULL = Boolean.getBoolean("agw.load");
    private static final int STREAMS = FULL ? 1_000 : 300;
    /// Of them over HTTP/2, so many on one connection.
    private static final int CROWDS = STREAMS / 30;
    private static final int CROWD = 10;
    private static final int WORKERS = FULL ? 25 : 10;
    private static final long REQUEST_EVERY = 50_000_000; // of one worker: 20 requests a second
    private static final int LOOK_MILLIS = 1_000;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String[] THREE_SECONDS = {"x-sim-token-gap: 500ms", "x-sim-tokens: 6", "Connection: close"};
    private static final String[] AS_LONG = {"x-sim-token-gap", "500ms", "x-sim-tokens", "6"};

    private final Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
    private final List<Place> places = new ArrayList<>();
    private final Queue<String> lost = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger wholeStreams = new AtomicInteger();
    private volatile boolean over;

    /// Where a gateway is, or will be again.
    private static final class Place {
        private volatile TestGateway gateway;
        private volatile boolean ready = true;

        Place(TestGateway gateway) {
            this.gateway = gateway;
        }

        /// As a load balancer does it, over and over: one look that fails may be a packet that was lost.
        void look() {
            boolean first = says200();
            ready = first || says200();
        }

        private boolean says200() {
            try (RawClient client = new RawClient(gateway.ports("readiness").getFirst())) {
                client.socket().setSoTimeout(LOOK_MILLIS);
                return client.get("/healthz/ready").status() == 200;
            } catch (IOException down) {
                return false;
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        places.add(new Place(gateway(LoopbackPorts.free())));
        places.add(new Place(gateway(LoopbackPorts.free())));
    }

    @AfterEach
    void stop() {
        over = true;
        places.forEach(place -> place.gateway.close());
        simulator.close();
    }

    private TestGateway gateway(int port) {
        return TestGateway.at(
                port,
                "shutdown: {min: 3s, max: 60s}",
                Manifest.models("models", simulator.port()),
                Manifest.route("chat", Manifest.rule("/", "models")));
    }

    @Test
    void losesNoRequestAndCutsNoStream() throws Exception {
        List<Thread> threads = new ArrayList<>();
        places.forEach(place -> threads.add(Thread.startVirtualThread(() -> keepLooking(place))));
        for (int i = 0; i < STREAMS - CROWDS * CROWD; i++) {
            int first = i;
            threads.add(Thread.startVirtualThread(() -> keepStreaming(first, this::stream)));
        }
        for (int i = 0; i < CROWDS; i++) {
            int first = i;
            threads.add(Thread.startVirtualThread(() -> keepStreaming(first, this::crowd)));
        }
        Eventually.until("all streams have begun", LONG, () -> begun.get() >= STREAMS);
        for (int i = 0; i < WORKERS; i++) {
            int first = i;
            threads.add(Thread.startVirtualThread(() -> keepAsking(first)));
        }
        awaitAnswers();
        for (Place place : places) {
            restart(place);
            awaitAnswers();
        }
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(lost).isEmpty();
        assertThat(wholeStreams.get()).isGreaterThan(STREAMS);
    }

    /// Until each worker has, on average, been answered by both.
    private void awaitAnswers() throws Exception {
        int before = answered.get();
        Eventually.until(
                "both serve",
                LONG,
                () -> answered.get() > before + 2 * WORKERS && places.stream().allMatch(place -> place.ready));
    }

    private void restart(Place place) throws Exception {
        TestGateway old = place.gateway;
        int port = old.port();
        old.process().shutdown(Hurry.NONE, ending -> {});
        Samples draining = old.metrics();
        assertThat(draining.sum("agentgateway_draining")).isEqualTo(1);
        assertThat(draining.sum("agentgateway_drain_remaining_streams")).isPositive();
        old.process().awaitEnd();
        place.gateway = gateway(port);
        Eventually.until("the new one is ready", LONG, () -> place.ready);
    }

    private void keepLooking(Place place) {
        while (!over) {
            place.look();
            LockSupport.parkNanos(REQUEST_EVERY / 2);
        }
    }

    private void keepStreaming(int first, Consumer<TestGateway> streams) {
        for (int turn = first; !over; turn++) {
            Place place = places.get(turn % places.size());
            if (place.ready) {
                streams.accept(place.gateway);
            } else {
                LockSupport.parkNanos(REQUEST_EVERY);
            }
        }
    }

    private void stream(TestGateway gateway) {
        try (RawClient client = gateway.client()) {
            RawClient.Answer head = client.send(Ask.stream(THREE_SECONDS)).head();
            begun.incrementAndGet();
            if (head.status() != 200) {
                lost.add("a stream: status " + head.status() + ": " + client.rest());
            } else if (client.rest().contains("data: [DONE]")) {
                wholeStreams.incrementAndGet();
            } else {
                lost.add("a stream was cut");
            }
        } catch (IOException e) {
            lost.add("a stream: " + e);
        }
    }

    private void crowd(TestGateway gateway) {
        try (Http2Line line = new Http2Line(gateway.port())) {
            List<Http2Line.Answer> answers = new ArrayList<>();
            for (int i = 0; i < CROWD; i++) {
                answers.add(line.begin(Ask.streamBody(), AS_LONG));
            }
            for (Http2Line.Answer answer : answers) {
                line.awaitHead(answer);
                begun.incrementAndGet();
            }
            for (Http2Line.Answer answer : answers) {
                line.await(answer);
                count(answer);
            }
        } catch (IOException e) {
            lost.add("streams over HTTP/2: " + e);
        }
    }

    private void count(Http2Line.Answer answer) {
        if (answer.status() == 200 && answer.body().contains("data: [DONE]")) {
            wholeStreams.incrementAndGet();
        } else if (answer.status() != 0) {
            lost.add("a stream over HTTP/2: status " + answer.status() + ", " + answer.body());
        }
    }

    private void keepAsking(int worker) {
        @Nullable Line[] kept = new Line[places.size()];
        for (int turn = worker; !over; turn++) {
            int at = turn % kept.length;
            if (places.get(at).ready) {
                kept[at] = ask(kept[at], places.get(at), worker % 3 == 0);
                LockSupport.parkNanos(REQUEST_EVERY);
            } else {
                close(kept[at]); // as a load balancer lets go of what is not ready
                kept[at] = null;
                LockSupport.parkNanos(REQUEST_EVERY / 10); // the other one gets it instead
            }
        }
        for (Line line : kept) {
            close(line);
        }
    }

    /// Asks on the connection that was kept, or a new one; the connection to keep, or null.
    private @Nullable Line ask(@Nullable Line kept, Place place, boolean http2) {
        try {
            Line line = kept;
            if (line == null || !line.stays()) {
                close(line);
                line = line(place, http2);
            }
            int status = line.ask();
            if (status == 200) {
                answered.incrementAndGet();
            } else if (status != 0) {
                lost.add("status " + status);
            }
            if (line.stays()) {
                return line;
            }
            close(line);
        } catch (IOException e) {
            lost.add((http2 ? "a request over HTTP/2: " : "a request: ") + e);
        }
        return null;
    }

    private static Line line(Place place, boolean http2) throws IOException {
        return http2 ? new Http2Line(place.gateway.port()) : new Http1Line(place.gateway.client());
    }

    private static void close(@Nullable Line line) {
        if (line == null) {
            return;
        }
        try {
            line.close();
        } catch (IOException expected) {
            // it is not used any more
        }
    }
}
