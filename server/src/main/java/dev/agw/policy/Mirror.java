package dev.agw.policy;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;

/// Filter `RequestMirror` as data: where copies of requests go, and of how many. Sending them is the proxy's part.
///
/// @param target the caller's handle of the backend
/// @param numerator 0 to `denominator`
/// @param denominator at least 1
public record Mirror<T>(T target, int numerator, int denominator) {

    /// Decides by chance whether this request is copied.
    public boolean takes() {
        return takes(ThreadLocalRandom.current()::nextInt);
    }

    /// @param random a number from 0 to below its argument
    boolean takes(IntUnaryOperator random) {
        return numerator >= denominator || random.applyAsInt(denominator) < numerator;
    }
}
