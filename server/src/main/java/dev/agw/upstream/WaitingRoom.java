package dev.agw.upstream;

import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Lifeline.Cut;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Requests that wait for a connection of a full pool, first come, first served.
final class WaitingRoom {
    private final int most;
    private final Queue<Waiter> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /// What a waiter gets: an idle connection, or without one the right to open one.
    record Grant(@Nullable Connection connection) {
        static final Grant OPEN = new Grant(null);
        private static final Grant WITHDRAWN = new Grant(null);
    }

    /// A waiting thread; holds what it was given.
    private static final class Waiter extends AtomicReference<@Nullable Grant> {
        private static final long serialVersionUID = 1L;
        private final transient Thread thread = Thread.currentThread();

        boolean give(Grant grant) {
            return compareAndSet(null, grant);
        }
    }

    /// @param most requests that may wait
    WaitingRoom(int most) {
        this.most = most;
    }

    int size() {
        return size.get();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /// Waits until something is given; null if there is no room to wait, or if the lifeline is cut.
    ///
    /// @param available looked at once after the queue was joined, so that nothing given back in between is
    ///     missed
    /// @param unused takes back what came too late
    @Nullable
    Grant await(Lifeline lifeline, long nanos, Supplier<@Nullable Grant> available, Returns unused) {
        if (size.incrementAndGet() > most) {
            size.decrementAndGet();
            return null;
        }
        Waiter waiter = new Waiter();
        queue.add(waiter);
        Grant found = available.get();
        if (found != null && !waiter.give(found)) {
            unused.take(found);
        }
        Grant granted = park(waiter, lifeline, nanos);
        queue.remove(waiter);
        size.decrementAndGet();
        return granted;
    }

    private static @Nullable Grant park(Waiter waiter, Lifeline lifeline, long nanos) {
        lifeline.onCut(() -> LockSupport.unpark(waiter.thread));
        lifeline.waiting(nanos, Cut.CONNECT_TIMEOUT);
        while (waiter.get() == null && lifeline.cut() == null) {
            LockSupport.park(waiter);
        }
        lifeline.resume();
        lifeline.onCut(null);
        return waiter.give(Grant.WITHDRAWN) ? null : waiter.get();
    }

    /// Gives to the one that has waited longest; false if nobody waits.
    boolean give(Grant grant) {
        for (Waiter waiter = queue.poll(); waiter != null; waiter = queue.poll()) {
            if (waiter.give(grant)) {
                LockSupport.unpark(waiter.thread);
                return true;
            }
        }
        return false;
    }

    /// Takes back a grant that found no taker.
    interface Returns {
        void take(Grant grant);
    }
}
