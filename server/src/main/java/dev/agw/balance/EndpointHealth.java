package dev.agw.balance;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// How an endpoint has been doing. Thread-safe; outlives reloads. The clock is read only while something is
/// wrong.
public final class EndpointHealth {
    /// How long an endpoint that could not be connected to is tried last.
    static final Duration AVOIDED = Duration.ofSeconds(2);

    private final LongSupplier clock;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private final AtomicInteger localErrors = new AtomicInteger();
    private volatile Ejection ejection = Ejection.NEVER;
    private volatile boolean unreachable;
    private volatile long unreachableAt;

    /// Time out of use.
    ///
    /// @param times ejections in a row, forgiven ones taken off; 0: never ejected
    /// @param until when it ends, by the clock
    record Ejection(int times, long until) {
        static final Ejection NEVER = new Ejection(0, 0);
    }

    EndpointHealth(LongSupplier clock) {
        this.clock = clock;
    }

    /// Calls under way.
    public int inFlight() {
        return inFlight.get();
    }

    /// Failures in a row up to now.
    public int consecutiveErrors() {
        return errors.get();
    }

    /// Whether it is left out now for having failed too often.
    public boolean ejected() {
        Ejection last = ejection;
        return last.times > 0 && last.until - clock.getAsLong() > 0;
    }

    /// Whether it could not be connected to a moment ago.
    boolean avoided() {
        if (unreachable && clock.getAsLong() - unreachableAt >= AVOIDED.toNanos()) {
            unreachable = false;
        }
        return unreachable;
    }

    void begin() {
        inFlight.incrementAndGet();
    }

    void end() {
        inFlight.decrementAndGet();
    }

    /// It answered, and well.
    void succeeded() {
        if (errors.getPlain() != 0) {
            errors.set(0);
        }
        reached();
    }

    /// It answered with a status of 5xx.
    ///
    /// @return such failures in a row
    int erred() {
        reached();
        return errors.incrementAndGet();
    }

    /// It did not answer.
    ///
    /// @param apart whether this is counted apart from answers of 5xx
    /// @return such failures in a row
    int silent(boolean apart) {
        return (apart ? localErrors : errors).incrementAndGet();
    }

    /// It could not be connected to.
    void avoid() {
        unreachableAt = clock.getAsLong();
        unreachable = true;
    }

    void eject(OutlierDetection detection) {
        ejection = detection.next(ejection, clock.getAsLong());
        errors.set(0);
        localErrors.set(0);
    }

    private void reached() {
        if (localErrors.getPlain() != 0) {
            localErrors.set(0);
        }
        if (unreachable) {
            unreachable = false;
        }
    }
}
