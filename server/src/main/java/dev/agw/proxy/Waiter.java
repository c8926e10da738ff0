package dev.agw.proxy;

import dev.agw.exchange.Lifeline;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// A thread that waits to be let in.
final class Waiter {
    private enum State {
        WAITING,
        ADMITTED,
        GONE
    }

    private final Thread thread = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    /// Lets it in, unless it has given up.
    boolean admit() {
        if (!state.compareAndSet(State.WAITING, State.ADMITTED)) {
            return false;
        }
        LockSupport.unpark(thread);
        return true;
    }

    /// Waits to be let in; false if the deadline passed or the exchange was cut before.
    boolean await(Lifeline lifeline, long deadline) {
        lifeline.onCut(() -> LockSupport.unpark(thread));
        try {
            while (state.get() == State.WAITING) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || lifeline.cut() != null) {
                    return !state.compareAndSet(State.WAITING, State.GONE);
                }
                LockSupport.parkNanos(this, left);
            }
            return true;
        } finally {
            lifeline.onCut(null);
        }
    }
}
