package dev.agw.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private static final long SECOND = 1_000_000_000L;
    private final AtomicLong clock = new AtomicLong(-3 * SECOND);

    @Test
    void allowsAShareOfTheRequests() {
        RetryBudget budget = new RetryBudget(20, 0, clock::get);
        request(budget, 100);
        assertThat(retries(budget, 50)).isEqualTo(20);
    }

    @Test
    void allowsNothingWithoutRequests() {
        assertThat(retries(new RetryBudget(20, 0, clock::get), 5)).isZero();
    }

    @Test
    void allowsAFewInEverySecondHoweverFewRequestsThereAre() {
        RetryBudget budget = RetryBudget.standard(clock::get);
        assertThat(retries(budget, 50)).isEqualTo(10);
        clock.addAndGet(SECOND);
        assertThat(retries(budget, 50)).isEqualTo(10);
    }

    @Test
    void countsTheFewTowardsTheShare() {
        RetryBudget budget = RetryBudget.standard(clock::get);
        request(budget, 100);
        assertThat(retries(budget, 50)).isEqualTo(20);
    }

    @Test
    void forgetsRequestsAfterTenSeconds() {
        RetryBudget budget = new RetryBudget(20, 0, clock::get);
        request(budget, 100);
        clock.addAndGet(9 * SECOND);
        assertThat(retries(budget, 5)).isEqualTo(5);
        clock.addAndGet(SECOND);
        assertThat(retries(budget, 5)).isZero();
    }

    @Test
    void forgetsRetriesAfterTenSeconds() {
        RetryBudget budget = new RetryBudget(10, 0, clock::get);
        request(budget, 10);
        assertThat(retries(budget, 5)).isEqualTo(1);
        clock.addAndGet(10 * SECOND);
        request(budget, 10);
        assertThat(retries(budget, 5)).isEqualTo(1);
    }

    @Test
    void holdsUnderConcurrency() {
        RetryBudget budget = new RetryBudget(10, 0, clock::get);
        AtomicInteger allowed = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                threads.execute(budget::requested);
            }
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                threads.execute(() -> allowed.addAndGet(budget.takeRetry() ? 1 : 0));
            }
        }
        assertThat(allowed).hasValue(100);
    }

    @Test
    void letsNoMoreRunAtATimeThanAllowed() {
        RetryBudget budget = new RetryBudget(0, 100, 2, clock::get);
        RetryBudget.Share one = budget.share();
        RetryBudget.Share two = budget.share();
        RetryBudget.Share three = budget.share();

        assertThat(one.takeRetry()).isTrue();
        assertThat(two.takeRetry()).isTrue();
        assertThat(three.takeRetry()).isFalse();
        assertThat(one.takeRetry())
                .as("its first retry is over when it takes the next")
                .isTrue();
        one.close();
        one.close();
        assertThat(three.takeRetry()).isTrue();
        assertThat(one.takeRetry()).isFalse();
    }

    private static void request(RetryBudget budget, int times) {
        for (int i = 0; i < times; i++) {
            budget.requested();
        }
    }

    private static long retries(RetryBudget budget, int tries) {
        return IntStream.range(0, tries).filter(i -> budget.takeRetry()).count();
    }
}
