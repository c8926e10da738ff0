package dev.agw.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.testing.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GateTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static Gate gate(int most, int queued, Duration patience) {
        return new Gate(Failure.Lack.REQUESTS, new Gate.Bounds(most, queued, patience));
    }

    private static Lifeline lifeline() {
        return new Lifeline(System.nanoTime());
    }

    @Test
    void letsInAsManyAsThereArePlaces() {
        Gate gate = gate(2, 0, LONG);
        Gate.Place first = gate.enter(lifeline());
        Gate.Place second = gate.enter(lifeline());

        assertThatThrownBy(() -> gate.enter(lifeline())).isInstanceOf(ExchangeException.class);
        first.close();
        second.close();
        gate.enter(lifeline());
        assertThat(gate.running()).isEqualTo(1);
    }

    @Test
    void refusesWithTheTimeToComeAgainOnceTheDeadlinePasses() {
        Gate gate = gate(1, 5, Duration.ofMillis(20));
        gate.enter(lifeline());

        assertThatThrownBy(() -> gate.enter(lifeline())).isInstanceOfSatisfying(ExchangeException.class, refused -> {
            assertThat(refused.failure().status()).isEqualTo(503);
            assertThat(refused.failure().retryAfter()).contains(Duration.ofSeconds(1));
        });
        assertThat(gate.queued()).isZero();
    }

    @Test
    void letsThemInInTheOrderInWhichTheyCame() throws Exception {
        Gate gate = gate(1, 5, LONG);
        Gate.Place place = gate.enter(lifeline());
        List<Integer> order = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            threads.add(Thread.startVirtualThread(() -> {
                try (Gate.Place in = gate.enter(lifeline())) {
                    order.add(number);
                }
            }));
            Eventually.until("it waits", () -> gate.queued() == number + 1);
        }
        place.close();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
        assertThat(gate.queued()).isZero();
        assertThat(gate.running()).isZero();
    }

    @Test
    void aWaiterWhoseClientLeftGoesAway() throws Exception {
        Gate gate = gate(1, 5, LONG);
        gate.enter(lifeline());
        Lifeline waiting = lifeline();
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread waiter = Thread.startVirtualThread(() -> {
            try {
                gate.enter(waiting);
            } catch (RuntimeException e) {
                thrown.add(e);
            }
        });
        Eventually.until("it waits", () -> gate.queued() == 1);

        waiting.cut(Lifeline.Cut.CLIENT_GONE);
        waiter.join();

        assertThat(thrown).hasOnlyElementsOfType(ClientGoneException.class).hasSize(1);
        assertThat(gate.queued()).isZero();
    }

    @Test
    void losesNoPlaceAndNoWaiterInACrowd() throws Exception {
        Gate gate = gate(3, 1000, LONG);
        AtomicInteger in = new AtomicInteger();
        AtomicInteger tooMany = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int round = 0; round < 1000; round++) {
                    try (Gate.Place place = gate.enter(lifeline())) {
                        tooMany.addAndGet(in.incrementAndGet() > 3 ? 1 : 0);
                        in.decrementAndGet();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(tooMany).hasValue(0);
        assertThat(gate.running()).isZero();
        assertThat(gate.queued()).isZero();
    }
}
