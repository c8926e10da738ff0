package dev.agw.downstream;

import dev.agw.net.Transport;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// The time that a client has for what is being read from it. One thread reads, another sweeps.
final class ReadDeadline {
    /// For the reader to come back once its time is over. It does not where it has to answer a client that asks for new
    /// keys (RFC 8446 §4.6.3) and takes no answer.
    private static final long RETURN = Duration.ofMillis(500).toNanos();
    private static final long NONE = 0;
    /// Set in times after which the reader has to be back, clear in those until which it may read.
    private static final long RETURNING = 1;

    private final Transport transport;
    private final AtomicLong until = new AtomicLong();
    private volatile boolean passed;

    ReadDeadline(Transport transport) {
        this.transport = transport;
    }

    /// Gives the reads that follow so many nanoseconds; 0 ends the limit, and keeps whether it was passed.
    void set(long nanos) {
        if (nanos == 0) {
            until.set(NONE);
        } else {
            passed = false;
            until.set((System.nanoTime() + nanos) & ~RETURNING);
        }
    }

    /// Whether reading ended because it took too long.
    boolean passed() {
        return passed;
    }

    void sweep(long now) {
        long time = until.get();
        if (time == NONE || now - time <= 0) {
            return;
        }
        if ((time & RETURNING) != 0) {
            endStuckReader(time);
        } else if (until.compareAndSet(time, (now + RETURN) | RETURNING)) {
            passed = true;
            transport.stopReading();
        }
    }

    private void endStuckReader(long time) {
        if (until.compareAndSet(time, NONE)) {
            transport.closeWithReset();
        }
    }
}
