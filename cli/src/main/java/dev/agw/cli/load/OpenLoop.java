package dev.agw.cli.load;

import dev.agw.net.EventLoops;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Lets requests arrive at their rate, whatever the answers do; one virtual thread per request.
final class OpenLoop {
    private static final long GRACE_SECONDS = 5;

    private final Plan.Pace pace;
    private final Asker client;
    private final Semaphore room;

    OpenLoop(Plan.Pace pace, Asker client) {
        this.pace = pace;
        this.client = client;
        this.room = new Semaphore(pace.concurrency());
    }

    /// Sends the requests from number `first` on, each at its time.
    ///
    /// @param start when the first of them is to start, as `System.nanoTime()` has it
    /// @throws InterruptedException the thread was interrupted
    void send(long first, long count, long start, Tally tally) throws InterruptedException {
        for (long number = first; number < first + count; number++) {
            long intended = start + pace.offset(number - first);
            await(intended);
            arrive(number, intended, tally);
        }
    }

    /// Waits until every request is over.
    void finish() throws InterruptedException {
        if (room.tryAcquire(pace.concurrency(), pace.timeout().toSeconds() + GRACE_SECONDS, TimeUnit.SECONDS)) {
            room.release(pace.concurrency());
        }
    }

    /// Requests under way.
    int underWay() {
        return pace.concurrency() - room.availablePermits();
    }

    /// Waits for a moment of `System.nanoTime()`.
    static void await(long intended) throws InterruptedException {
        for (long left = intended - System.nanoTime(); left > 0; left = intended - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void arrive(long number, long intended, Tally tally) {
        int others = underWay();
        if (!room.tryAcquire()) {
            tally.dropped();
            return;
        }
        tally.sent(Math.max(0, System.nanoTime() - intended), others);
        EventLoops.start(() -> {
            try {
                client.ask(number, intended, tally);
            } finally {
                room.release();
            }
        });
    }
}
