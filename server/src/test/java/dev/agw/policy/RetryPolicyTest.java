package dev.agw.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.Failure;
import dev.agw.resource.HttpRoute;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
    private static final RetryPolicy POLICY =
            RetryPolicy.of(new HttpRoute.Retry(List.of(429, 503), 2, Duration.ofNanos(100)));

    @Test
    void retriesTheListedStatuses() {
        assertThat(POLICY.mayRetry(0, 503)).isTrue();
        assertThat(POLICY.mayRetry(1, 429)).isTrue();
        assertThat(POLICY.mayRetry(0, 500)).isFalse();
    }

    @Test
    void retriesFailuresOfBackendsAndNoOthers() {
        assertThat(POLICY.mayRetry(0, Failure.UpstreamFailure.unreachable("refused")))
                .isTrue();
        assertThat(POLICY.mayRetry(0, new Failure.NotFound("no route"))).isFalse();
    }

    @Test
    void stopsAfterItsAttempts() {
        assertThat(POLICY.mayRetry(2, 503)).isFalse();
        assertThat(POLICY.mayRetry(2, Failure.UpstreamFailure.unreachable("refused")))
                .isFalse();
    }

    @Test
    void neverRetriesUnlessConfigured() {
        assertThat(RetryPolicy.NONE.mayRetry(0, 503)).isFalse();
        assertThat(RetryPolicy.NONE.mayRetry(0, Failure.UpstreamFailure.broken("reset")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 200", "1, 400", "2, 800", "3, 1000", "4, 1000", "1000, 1000"})
    void waitsFromTheBackoffToAGrowingCeiling(int retries, long ceiling) {
        assertThat(POLICY.delayNanos(retries, bound -> 0)).isEqualTo(100);
        assertThat(POLICY.delayNanos(retries, bound -> bound - 1)).isEqualTo(ceiling);
    }

    @Test
    void drawsTheWaitByChance() {
        assertThat(POLICY.delayNanos(0)).isBetween(100L, 200L);
    }

    @Test
    void survivesBackoffsBeyondAnyClock() {
        RetryPolicy policy = RetryPolicy.of(new HttpRoute.Retry(List.of(), 1, Duration.ofSeconds(Long.MAX_VALUE)));
        assertThat(policy.delayNanos(9)).isPositive();
    }
}
