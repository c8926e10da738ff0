package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.gateway.Hurry;
import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import dev.agw.testing.Eventually;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Two gateways behind a client that goes round those that say they are ready, restarted one after the other.
@Timeout(120)
@EnabledIfSystemProperty(
        named = "agw.load",
        matches = "true",
        disabledReason = "needs a quiet machine; -Dagw.load=true")
class RollingRestartFlowTest {
    private static final int STREAMS = 1_000;
    private static final int WORKERS = 25;
    private static final long REQUEST_EVERY = 50_000_000; // of one worker: 500 requests a second together
    private static final String[] THREE_SECONDS = {"x-sim-token-gap: 500ms", "x-sim-tokens: 6", "Connection: close"};

    private final Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
    private final List<Place> places = new ArrayList<>();
    private final Queue<String> lost = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger wholeStreams = new AtomicInteger();
    private volatile boolean over;

    /// Where a gateway is, or will be again.
    private static final class Place {
        private volatile TestGateway gateway;
        private volatile boolean ready = true;

        Place(TestGateway gateway) {
            this.gateway = gateway;
        }

        /// As a load balancer does it, over and over.
        void look() {
            try {
                ready = gateway.page("readiness", "/healthz/ready").status() == 200;
            } catch (IOException down) {
                ready = false;
            }
        }
    }

    @BeforeEach
    void start() {
        places.add(new Place(gateway(0)));
        places.add(new Place(gateway(0)));
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
        Thread probe = Thread.startVirtualThread(this::keepLooking);
        for (int i = 0; i < STREAMS; i++) {
            int first = i;
            threads.add(Thread.startVirtualThread(() -> keepStreaming(first)));
        }
        Eventually.until("all streams are open", () -> open() == STREAMS);
        for (int i = 0; i < WORKERS; i++) {
            int first = i;
            threads.add(Thread.startVirtualThread(() -> keepAsking(first)));
        }
        for (Place place : places) {
            restart(place);
        }
        int before = answered.get();
        Eventually.until("both serve again", () -> answered.get() > before + WORKERS && ready() == places.size());
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        probe.join();

        assertThat(lost).isEmpty();
        assertThat(wholeStreams.get()).isGreaterThan(STREAMS);
        assertThat(answered.get()).isGreaterThan(500);
    }

    private double open() throws IOException {
        double open = 0;
        for (Place place : places) {
            open += place.gateway.metrics().sum("agentgateway_streams_in_flight");
        }
        return open;
    }

    private long ready() {
        return places.stream().filter(place -> place.ready).count();
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
        Eventually.until("the new one is ready", () -> place.ready);
    }

    private void keepLooking() {
        while (!over) {
            places.forEach(Place::look);
            LockSupport.parkNanos(REQUEST_EVERY / 2);
        }
    }

    private void keepStreaming(int first) {
        for (int turn = first; !over; turn++) {
            Place place = places.get(turn % places.size());
            if (place.ready) {
                stream(place.gateway);
            } else {
                LockSupport.parkNanos(REQUEST_EVERY);
            }
        }
    }

    private void stream(TestGateway gateway) {
        try (RawClient client = gateway.client()) {
            if (client.send(Ask.stream(THREE_SECONDS)).rest().contains("data: [DONE]")) {
                wholeStreams.incrementAndGet();
            } else {
                lost.add("a stream was cut");
            }
        } catch (IOException e) {
            lost.add("a stream: " + e);
        }
    }

    private void keepAsking(int first) {
        @Nullable RawClient[] kept = new RawClient[places.size()];
        for (int turn = first; !over; turn++) {
            int at = turn % kept.length;
            if (places.get(at).ready) {
                kept[at] = ask(kept[at], places.get(at));
            } else {
                close(kept[at]); // as a load balancer lets go of what is not ready
                kept[at] = null;
            }
            LockSupport.parkNanos(REQUEST_EVERY);
        }
        for (RawClient client : kept) {
            close(client);
        }
    }

    /// Asks on the connection that was kept, or a new one; the connection to keep, or null.
    private @Nullable RawClient ask(@Nullable RawClient kept, Place place) {
        try {
            RawClient client = kept == null ? place.gateway.client() : kept;
            RawClient.Answer answer = client.send(Ask.chat()).answer();
            if (answer.status() != 200) {
                lost.add("status " + answer.status() + ": " + answer.body());
            }
            answered.incrementAndGet();
            if (!"close".equals(answer.headers().get("connection"))) {
                return client;
            }
            close(client);
        } catch (IOException e) {
            lost.add("a request: " + e);
        }
        return null;
    }

    private static void close(@Nullable RawClient client) {
        if (client == null) {
            return;
        }
        try {
            client.close();
        } catch (IOException expected) {
            // it is not used any more
        }
    }
}
