package dev.agw.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for what happens on other threads, by looking again and again.
public final class Eventually {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long LOOK_NANOS = 1_000_000;

    private Eventually() {}

    /// Waits until `condition` holds.
    ///
    /// @throws AssertionError it did not within 30 s
    public static void until(String what, Callable<Boolean> condition) throws Exception {
        until(what, LONGEST, condition);
    }

    /// Waits until `condition` holds. Looks once more when the time is over: a machine that was paused may have
    /// looked only once before.
    ///
    /// @throws AssertionError it did not within `longest`
    public static void until(String what, Duration longest, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + longest.toNanos();
        boolean over = false;
        while (!condition.call()) {
            if (over) {
                throw new AssertionError("not within " + longest + ": " + what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
            over = System.nanoTime() - deadline > 0;
        }
    }
}
