package dev.agw.cli.load;

import dev.agw.exchange.Lifeline;
import dev.agw.upstream.UpstreamClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Ends requests that take too long, and connections that nobody uses any more. Thread-safe.
final class Deadlines implements AutoCloseable {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int TICKS_PER_SECOND = 100;

    private final Set<Lifeline> lifelines = ConcurrentHashMap.newKeySet();
    private final UpstreamClient client;
    private final Thread sweeper;
    private volatile boolean closed;

    Deadlines(UpstreamClient client) {
        this.client = client;
        this.sweeper = Thread.ofPlatform().daemon().name("bench-deadlines").start(this::run);
    }

    /// A request begins, and ends by itself after `timeout`.
    Lifeline open(Duration timeout) {
        Lifeline lifeline = new Lifeline(System.nanoTime());
        lifeline.limit(timeout.toNanos());
        lifelines.add(lifeline);
        return lifeline;
    }

    /// The request is over.
    void done(Lifeline lifeline) {
        lifelines.remove(lifeline);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(sweeper);
    }

    private void run() {
        for (long tick = 1; !closed; tick++) {
            LockSupport.parkNanos(TICK);
            long now = System.nanoTime();
            lifelines.forEach(lifeline -> lifeline.sweep(now));
            if (tick % TICKS_PER_SECOND == 0) {
                client.sweep(now);
            }
        }
    }
}
