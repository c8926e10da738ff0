package dev.agw.gateway;

import dev.agw.downstream.Listeners;
import dev.agw.telemetry.GatewayMetrics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The end of a gateway in three steps: clients are told to go while new ones are still let in; then nobody is let in
/// and what runs goes on; then what is left is cut.
final class Drain {
    private static final System.Logger LOGGER = System.getLogger(Drain.class.getName());
    private static final long LOOK_MILLIS = 20;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Listeners listeners;
    private final Times times;
    private final Hurry hurry;
    private final GatewayMetrics metrics;

    /// @param min how long connections are still accepted
    /// @param max when what is left is cut, counted from the start
    record Times(Duration min, Duration max) {}

    Drain(Listeners listeners, Times times, Hurry hurry, GatewayMetrics metrics) {
        this.listeners = listeners;
        this.times = times;
        this.hurry = hurry;
        this.metrics = metrics;
    }

    /// From now on clients are told to go.
    Ending begin() {
        listeners.drain();
        metrics.drainBegan();
        Duration min = hurry == Hurry.NONE ? times.min() : Duration.ZERO;
        return new Ending(min, times.max(), listeners.busy());
    }

    void run() throws InterruptedException {
        long start = System.nanoTime();
        listeners.drain();
        await(start + times.min().toNanos(), () -> hurry == Hurry.WITH_THE_LAST_REQUEST && idle());
        listeners.stopAccepting();
        long closed = System.nanoTime();
        // Who was let in at the last moment may not have said anything yet.
        await(
                Math.min(closed + LAST_WORDS.toNanos(), start + times.max().toNanos()),
                () -> listeners.connections() == 0);
        await(start + times.max().toNanos(), this::idle);
        int left = listeners.busy();
        if (left > 0) {
            metrics.drainCut(left);
            LOGGER.log(System.Logger.Level.WARNING, "drained with " + left + " requests left; cutting them");
        }
    }

    private boolean idle() {
        return listeners.busy() == 0;
    }

    private static void await(long deadline, BooleanSupplier over) throws InterruptedException {
        while (deadline - System.nanoTime() > 0 && !over.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
