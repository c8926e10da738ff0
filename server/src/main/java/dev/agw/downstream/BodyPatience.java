package dev.agw.downstream;

import dev.agw.telemetry.Limit;

/// How long the body of one request may still be waited for: as a whole, and by its pace. What the gateway itself takes
/// to pass the body on is not held against the client's pace. For one thread.
final class BodyPatience {
    private final ConnectionLimits limits;
    private long firstWait;
    private long waited;
    private boolean tooSlow;

    BodyPatience(ConnectionLimits limits) {
        this.limits = limits;
    }

    /// Nanoseconds that a wait may take which begins now; 0 if there is no bound.
    ///
    /// @param received bytes of the body that came so far
    long timeLeft(long now, long received) {
        if (firstWait == 0) {
            firstWait = now;
        }
        long whole = limits.bodyTimeout().toNanos();
        long pace = limits.suspicion().patience(received);
        long ofWhole = whole == 0 ? Long.MAX_VALUE : Math.max(1, firstWait + whole - now);
        long ofPace = pace == 0 ? Long.MAX_VALUE : Math.max(1, pace - waited);
        tooSlow = ofPace < ofWhole;
        long left = Math.min(ofWhole, ofPace);
        return left == Long.MAX_VALUE ? 0 : left;
    }

    /// Notes a wait.
    void waited(long nanos) {
        waited += nanos;
    }

    /// The limit that a wait has reached which took all of its time.
    Limit reached() {
        return tooSlow ? Limit.BODY_RATE : Limit.BODY_TIME;
    }
}
