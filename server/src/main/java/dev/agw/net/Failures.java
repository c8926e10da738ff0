package dev.agw.net;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Failures of something that goes on all the same. Each is counted, but few are logged: a loop that fails whenever
/// it turns would else fill the log. Safe from any thread, and never fails itself.
public final class Failures {
    private static final long QUIET = Duration.ofMinutes(1).toNanos();

    private final System.Logger logger;
    private final String what;
    private final LongSupplier clock;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong toldAt;

    /// @param what failed, as the log says it
    public Failures(System.Logger logger, String what) {
        this(logger, what, System::nanoTime);
    }

    /// @param clock in the manner of `System::nanoTime`
    Failures(System.Logger logger, String what, LongSupplier clock) {
        this.logger = logger;
        this.what = what;
        this.clock = clock;
        this.toldAt = new AtomicLong(clock.getAsLong() - QUIET);
    }

    /// Counts one; logs it unless another was logged within the last minute.
    public void add(Throwable failure) {
        long number = count.incrementAndGet();
        long now = clock.getAsLong();
        long before = toldAt.get();
        if (now - before >= QUIET && toldAt.compareAndSet(before, now)) {
            tell(number - told.getAndSet(number), failure);
        }
    }

    /// How many there were.
    public long count() {
        return count.get();
    }

    private void tell(long since, Throwable failure) {
        try {
            String often = since == 1 ? "" : " (" + since + " failures since it was last told)";
            logger.log(System.Logger.Level.ERROR, what + " failed; it goes on" + often, failure);
        } catch (RuntimeException | Error unsaid) {
            // Where memory is short a log line fails, too: then there is nothing to tell, but still much to do.
        }
    }
}
