package dev.agw.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Lifeline;
import dev.agw.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RouteGatesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static Lifeline lifeline() {
        return new Lifeline(System.nanoTime());
    }

    @Test
    void aGateIsKeptWhileSomebodyIsIn() {
        RouteGates gates = new RouteGates(new Gate.Bounds(1, 0, LONG));
        Gate.Place place = gates.enter("a", lifeline());
        gates.sweep();

        assertThat(gates.size()).isEqualTo(1);
        assertThatThrownBy(() -> gates.enter("a", lifeline())).isInstanceOf(ExchangeException.class);
        place.close();
        gates.sweep();
        assertThat(gates.size()).isZero();
        gates.enter("a", lifeline()).close();
    }

    @Test
    void aGateIsKeptWhileSomebodyWaits() throws Exception {
        RouteGates gates = new RouteGates(new Gate.Bounds(1, 5, LONG));
        Gate.Place place = gates.enter("a", lifeline());
        Thread waiter =
                Thread.startVirtualThread(() -> gates.enter("a", lifeline()).close());
        Eventually.until("it waits", () -> gates.queued() == 1);
        gates.sweep();
        place.close();
        waiter.join();

        gates.sweep();
        assertThat(gates.size()).isZero();
    }

    @Test
    void whoeverIsRefusedHoldsNothing() {
        RouteGates gates = new RouteGates(new Gate.Bounds(0, 0, LONG));
        assertThatThrownBy(() -> gates.enter("a", lifeline())).isInstanceOf(ExchangeException.class);

        gates.sweep();
        assertThat(gates.size()).isZero();
    }

    @Test
    void forgettingLetsNoMoreInThanAllowed() throws Exception {
        RouteGates gates = new RouteGates(new Gate.Bounds(2, 1000, LONG));
        AtomicInteger in = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        Thread sweeper = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                gates.sweep();
            }
        });
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> comeAndGo(gates, in, most)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        over.set(true);
        sweeper.join();

        assertThat(most.get()).isBetween(1, 2);
        gates.sweep();
        assertThat(gates.size()).isZero();
    }

    private static void comeAndGo(RouteGates gates, AtomicInteger in, AtomicInteger most) {
        for (int i = 0; i < 5_000; i++) {
            try (Gate.Place place = gates.enter("a", lifeline())) {
                most.accumulateAndGet(in.incrementAndGet(), Math::max);
                in.decrementAndGet();
            }
        }
    }
}
