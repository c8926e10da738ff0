package dev.agw.policy;

import dev.agw.exchange.Failure;
import dev.agw.resource.HttpRoute;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/// How often, upon what and after which wait a rule calls again.
///
/// The wait before a retry is a random time from `backoffNanos` to a ceiling of 2, 4, 8, 10, 10, ... times that:
/// the spread grows, so that callers who failed together don't come back together.
///
/// @param attempts most retries of one request
/// @param codes statuses of answers that are retried
/// @param backoffNanos the shortest wait before a retry
public record RetryPolicy(int attempts, Set<Integer> codes, long backoffNanos) {
    /// Never calls again.
    public static final RetryPolicy NONE = new RetryPolicy(0, Set.of(), 0);

    private static final int CEILING = 10;

    public RetryPolicy {
        codes = Set.copyOf(codes);
        backoffNanos = Math.min(backoffNanos, Long.MAX_VALUE / CEILING);
    }

    public static RetryPolicy of(HttpRoute.Retry config) {
        return new RetryPolicy(
                config.attempts(), Set.copyOf(config.codes()), TimeUnit.NANOSECONDS.convert(config.backoff()));
    }

    /// Whether an answer of this status may be dropped for another call.
    ///
    /// @param retries calls beyond the first so far
    public boolean mayRetry(int retries, int status) {
        return retries < attempts && codes.contains(status);
    }

    /// Whether another call may follow this failure.
    ///
    /// @param retries calls beyond the first so far
    public boolean mayRetry(int retries, Failure failure) {
        return retries < attempts && failure.retryable();
    }

    /// How long to wait before the next call.
    ///
    /// @param retries calls beyond the first so far
    public long delayNanos(int retries) {
        return delayNanos(retries, ThreadLocalRandom.current()::nextLong);
    }

    /// @param random a number from 0 to below its argument
    long delayNanos(int retries, LongUnaryOperator random) {
        int ceiling = Math.min(CEILING, 2 << Math.min(retries, 3));
        return backoffNanos + random.applyAsLong(backoffNanos * (ceiling - 1) + 1);
    }
}
