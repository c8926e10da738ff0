package dev.agw.proxy;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/*
 * Without a queue a request costs two atomic operations, one in and one out. Whoever gives a place back looks for waiters
 * after that, whoever waits looks for places after having queued: one of the two sees the other.
 */
/// Lets so many requests in at a time; further ones wait for a while, first come, first served.
final class Gate {
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    /// @param most requests that are in at a time
    /// @param mostQueued requests that wait at a time
    /// @param patience longest wait
    record Bounds(int most, int mostQueued, Duration patience) {}

    /// What was let in; to be closed once when it is over.
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    private final Failure.Lack lack;
    private final Bounds bounds;
    private final AtomicInteger free;
    private final AtomicInteger queued = new AtomicInteger();
    private final Queue<Waiter> queue = new ConcurrentLinkedQueue<>();
    private final Place place = this::leave;

    /// @param lack what is missing when nobody more fits in
    Gate(Failure.Lack lack, Bounds bounds) {
        this.lack = lack;
        this.bounds = bounds;
        this.free = new AtomicInteger(bounds.most());
    }

    /// Lets the caller in, at once or after a wait.
    ///
    /// @throws ExchangeException there was no room in time (503)
    /// @throws ClientGoneException the client left meanwhile
    Place enter(Lifeline lifeline) {
        if (queued.get() > 0 || !take()) {
            queue(lifeline);
        }
        return place;
    }

    /// Requests that wait.
    int queued() {
        return queued.get();
    }

    /// Requests that are in.
    int running() {
        return bounds.most() - free.get();
    }

    private boolean take() {
        int places = free.get();
        while (places > 0) {
            if (free.compareAndSet(places, places - 1)) {
                return true;
            }
            places = free.get();
        }
        return false;
    }

    private void leave() {
        free.incrementAndGet();
        if (queued.get() > 0) {
            callIn();
        }
    }

    private void queue(Lifeline lifeline) {
        if (queued.incrementAndGet() > bounds.mostQueued()) {
            queued.decrementAndGet();
            throw full();
        }
        Waiter waiter = new Waiter();
        queue.add(waiter);
        callIn();
        long start = System.nanoTime();
        boolean in = waiter.await(lifeline, start + bounds.patience().toNanos());
        lifeline.alsoWaited(System.nanoTime() - start);
        if (!in) {
            queued.decrementAndGet();
            queue.remove(waiter);
            throw lifeline.cut() == Lifeline.Cut.CLIENT_GONE
                    ? new ClientGoneException("the client left while its request was queued")
                    : full();
        }
    }

    /// Gives free places to those who wait longest.
    private void callIn() {
        while (!queue.isEmpty() && take()) {
            Waiter first = queue.poll();
            if (first != null && first.admit()) {
                queued.decrementAndGet();
            } else {
                free.incrementAndGet();
            }
        }
    }

    private ExchangeException full() {
        return new ExchangeException(
                new Failure.Overloaded(lack, "the gateway serves as many requests as it may", SHORTLY));
    }
}
