package dev.agw.policy;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// What keeps retries from finishing off a backend that is already down: over the last ten seconds at most a share
/// of its requests may be retries, though a few a second always may.
///
/// One per backend; safe from any thread. Requests are counted without a lock, retries, being rare, under one.
public final class RetryBudget {
    private static final int WINDOW_SECONDS = 10;
    private static final int DEFAULT_PERCENT = 20;
    private static final int DEFAULT_MIN_PER_SECOND = 10;

    private final int percent;
    private final int minPerSecond;
    private final int maxRunning;
    private final LongSupplier nanoClock;
    private int running;
    private final RecentCount requests = new RecentCount(WINDOW_SECONDS);
    private final RecentCount retries = new RecentCount(WINDOW_SECONDS);
    private final ReentrantLock lock = new ReentrantLock();

    /// A budget with nothing counted yet.
    ///
    /// @param percent retries per hundred requests
    /// @param minPerSecond retries that are allowed in every second, however few requests there are
    /// @param nanoClock monotonic, for example `System::nanoTime`
    public RetryBudget(int percent, int minPerSecond, LongSupplier nanoClock) {
        this(percent, minPerSecond, Integer.MAX_VALUE, nanoClock);
    }

    /// A budget with nothing counted yet.
    ///
    /// @param percent retries per hundred requests
    /// @param minPerSecond retries that are allowed in every second, however few requests there are
    /// @param maxRunning retries that may run at a time
    /// @param nanoClock monotonic, for example `System::nanoTime`
    public RetryBudget(int percent, int minPerSecond, int maxRunning, LongSupplier nanoClock) {
        this.percent = percent;
        this.minPerSecond = minPerSecond;
        this.maxRunning = maxRunning;
        this.nanoClock = nanoClock;
    }

    /// 20 %, and 10 a second: the defaults of Gateway API's retry constraint.
    public static RetryBudget standard(LongSupplier nanoClock) {
        return new RetryBudget(DEFAULT_PERCENT, DEFAULT_MIN_PER_SECOND, nanoClock);
    }

    /// Counts a request, once, whatever becomes of it.
    public void requested() {
        requests.add(nanoClock.getAsLong());
    }

    /// Counts a request and gives it what it takes its retries from.
    public Share share() {
        requested();
        return new Share();
    }

    /// Takes one retry out of the budget, which runs until [#retryEnded]; false if there is none left.
    boolean takeRetry() {
        lock.lock();
        try {
            long now = nanoClock.getAsLong();
            boolean allowed = running < maxRunning && affordable(now);
            if (allowed) {
                retries.add(now);
                running++;
            }
            return allowed;
        } finally {
            lock.unlock();
        }
    }

    private boolean affordable(long now) {
        return retries.thisSecond(now) < minPerSecond || (retries.sum(now) + 1) * 100 <= requests.sum(now) * percent;
    }

    void retryEnded() {
        lock.lock();
        try {
            running--;
        } finally {
            lock.unlock();
        }
    }

    /// The retries of one request: one after the other, the last of which runs until this is closed.
    public final class Share implements AutoCloseable {
        private boolean retrying;

        private Share() {}

        /// Takes the next retry; false if there is none left.
        public boolean takeRetry() {
            close();
            retrying = RetryBudget.this.takeRetry();
            return retrying;
        }

        @Override
        public void close() {
            if (retrying) {
                retrying = false;
                retryEnded();
            }
        }
    }
}
