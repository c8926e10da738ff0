package dev.agw.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeadBudgetTest {
    private final HeadBudget budget = new HeadBudget(1000);
    private final HeadBudget.Lease first = budget.new Lease();
    private final HeadBudget.Lease second = budget.new Lease();

    @Test
    void isOneForAllConnections() {
        assertThat(first.grows(600)).isTrue();
        assertThat(second.grows(401)).isFalse();
        assertThat(second.grows(400)).isTrue();
        assertThat(first.grows(1)).isFalse();
        assertThat(budget.held()).isEqualTo(1000);
    }

    @Test
    void aHeadThatHasComeToItsEndMakesRoomForTheNext() {
        first.take(300);
        first.take(300);
        second.take(400);
        first.close();
        assertThat(budget.held()).isEqualTo(400);
        first.close();
        assertThat(budget.held()).isEqualTo(400);
        first.take(600);
        assertThat(budget.held()).isEqualTo(1000);
    }

    @Test
    void whoGetsNoMoreIsToldToComeAgainAndKeepsWhatItHad() {
        first.take(900);
        assertThatThrownBy(() -> first.take(101))
                .isInstanceOfSatisfying(
                        ExchangeException.class,
                        e -> assertThat(e.failure()).isInstanceOfSatisfying(Failure.Overloaded.class, full -> {
                            assertThat(full.lack()).isEqualTo(Failure.Lack.HEAD_MEMORY);
                            assertThat(full.status()).isEqualTo(503);
                            assertThat(full.delay()).isPositive();
                        }));
        assertThat(budget.held()).isEqualTo(900);
        first.close();
        assertThat(budget.held()).isZero();
    }

    @Test
    void neverGivesAwayMoreThanThereIsToManyAtATime() throws InterruptedException {
        AtomicInteger granted = new AtomicInteger();
        List<Thread> asking = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            asking.add(Thread.startVirtualThread(() -> {
                if (budget.new Lease().grows(10)) {
                    granted.incrementAndGet();
                }
            }));
        }
        for (Thread thread : asking) {
            thread.join();
        }
        assertThat(granted.get()).isPositive().isLessThanOrEqualTo(100);
        assertThat(budget.held()).isEqualTo(granted.get() * 10L);
    }
}
