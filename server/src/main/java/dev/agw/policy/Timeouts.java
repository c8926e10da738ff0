package dev.agw.policy;

import dev.agw.resource.HttpRoute;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Time limits of a rule in nanoseconds; 0 where nothing is said, [#NEVER] where they are turned off.
///
/// @param requestNanos from the arrival of a request to the end of its answer
/// @param backendRequestNanos from one call of the backend to the head of its answer
public record Timeouts(long requestNanos, long backendRequestNanos) {
    /// Nothing is said.
    public static final Timeouts NONE = new Timeouts(0, 0);

    /// A limit that is never reached: some 73 years, so that sums with the clock don't overflow.
    public static final long NEVER = Long.MAX_VALUE / 4;

    public static Timeouts of(HttpRoute.Timeouts config) {
        return new Timeouts(
                config.request().map(Timeouts::nanos).orElse(0L),
                config.backendRequest().map(Timeouts::nanos).orElse(0L));
    }

    /// A limit that was written: `0s` turns it off, and so keeps the limits of policies and settings away.
    public static long nanos(Duration written) {
        return written.isZero() ? NEVER : Math.min(NEVER, TimeUnit.NANOSECONDS.convert(written));
    }
}
