package dev.agw.simulator;

import dev.agw.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// What a [Simulator] was asked and how it went. Thread-safe.
public final class RequestLog {
    private static final long LOOK_NANOS = 1_000_000;

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<SeenRequest> seen = new ArrayDeque<>();
    private final LongAdder total = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final AtomicInteger openStreams = new AtomicInteger();
    private final AtomicInteger openConnections = new AtomicInteger();

    RequestLog(int most) {
        this.most = most;
    }

    /// The last requests, oldest first; as many as [SimulatorSettings#recording] says.
    public List<SeenRequest> seen() {
        lock.lock();
        try {
            return List.copyOf(seen);
        } finally {
            lock.unlock();
        }
    }

    /// All requests so far, recorded or not.
    public long total() {
        return total.sum();
    }

    /// Streams that are being sent.
    public int openStreams() {
        return openStreams.get();
    }

    /// Connections that clients hold.
    public int openConnections() {
        return openConnections.get();
    }

    /// Requests whose client left before the answer was complete.
    public long cancelled() {
        return cancelled.sum();
    }

    /// Waits until `wanted` holds, for tests; false if it did not within `longest`.
    public boolean await(Predicate<RequestLog> wanted, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (!wanted.test(this)) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    void record(RequestHead head, byte[] body) {
        total.increment();
        if (most > 0) {
            keep(new SeenRequest(
                    head.method(),
                    head.path(),
                    head.query(),
                    head.headers(),
                    new String(body, StandardCharsets.UTF_8)));
        }
    }

    private void keep(SeenRequest request) {
        lock.lock();
        try {
            if (seen.size() == most) {
                seen.removeFirst();
            }
            seen.addLast(request);
        } finally {
            lock.unlock();
        }
    }

    void recordCancel() {
        cancelled.increment();
    }

    void streams(int more) {
        openStreams.addAndGet(more);
    }

    void connections(int more) {
        openConnections.addAndGet(more);
    }
}
