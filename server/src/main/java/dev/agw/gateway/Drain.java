package dev.agw.gateway;

import dev.agw.downstream.Listeners;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The end of a gateway in three steps: clients are told to go while new ones are still let in; then nobody is let in
/// and
/// what runs goes on; then what is left is cut.
final class Drain {
    private static final System.Logger LOGGER = System.getLogger(Drain.class.getName());
    private static final long LOOK_MILLIS = 20;

    private final Listeners listeners;
    private final Times times;

    /// @param min how long connections are still accepted
    /// @param max when what is left is cut, counted from the start
    record Times(Duration min, Duration max) {}

    Drain(Listeners listeners, Times times) {
        this.listeners = listeners;
        this.times = times;
    }

    void run() throws InterruptedException {
        long start = System.nanoTime();
        LOGGER.log(
                System.Logger.Level.INFO,
                "draining: accepting for {0} s, running requests have {1} s",
                times.min().toSeconds(),
                times.max().toSeconds());
        listeners.drain();
        sleepUntil(start + times.min().toNanos(), false);
        listeners.stopAccepting();
        sleepUntil(start + times.max().toNanos(), true);
        int left = listeners.busy();
        if (left > 0) {
            LOGGER.log(System.Logger.Level.WARNING, "drained with {0} requests left; cutting them", left);
        }
    }

    /// Sleeps until then, or until nothing is left to wait for: no connection and, once nobody is let in, no request.
    private void sleepUntil(long deadline, boolean closed) throws InterruptedException {
        while (deadline - System.nanoTime() > 0 && (closed ? listeners.busy() > 0 : listeners.connections() > 0)) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        if (!closed) {
            long left = deadline - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
        }
    }
}
