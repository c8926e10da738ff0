package dev.agw.llm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Looks for a few bytes among many, most of which it need not look at (Horspool's algorithm).
final class BytePattern {
    private final byte[] pattern;
    private final byte[] steps = new byte[256];

    /// @param text ASCII, at most 127 characters
    BytePattern(String text) {
        pattern = text.getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(steps, (byte) pattern.length);
        for (int i = 0; i < pattern.length - 1; i++) {
            steps[pattern[i]] = (byte) (pattern.length - 1 - i);
        }
    }

    boolean in(byte[] bytes, int start, int end) {
        int last = start + pattern.length - 1;
        while (last < end) {
            if (endsAt(bytes, last)) {
                return true;
            }
            last += steps[bytes[last] & 0xFF];
        }
        return false;
    }

    private boolean endsAt(byte[] bytes, int last) {
        for (int i = pattern.length - 1, at = last; i >= 0; i--, at--) {
            if (bytes[at] != pattern[i]) {
                return false;
            }
        }
        return true;
    }
}
