package dev.agw.simulator;

import java.nio.charset.StandardCharsets;

/// Finds the times that the model `sim-clock` tells, over the borders of pieces.
final class ClockReader {
    private static final byte[] BEFORE = "\"content\":\"".getBytes(StandardCharsets.US_ASCII);

    private int matched;
    private long time;

    /// Takes the next byte of a stream; the time that it completes, 0 if none.
    long accept(byte b) {
        if (matched < BEFORE.length) {
            matched = b == BEFORE[matched] ? matched + 1 : b == '"' ? 1 : 0;
            time = 0;
            return 0;
        }
        if (b >= '0' && b <= '9') {
            time = time * 10 + b - '0';
            return 0;
        }
        matched = 0;
        return b == '"' ? time : 0;
    }
}
