package dev.agw.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds line ends eight bytes at a time, by the same trick as [JsonBytes].
final class SseLines {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EVERY = 0x0101010101010101L;
    private static final long MARKS = EVERY << 7;

    private SseLines() {}

    /// The first CR or LF; `end` if there is none.
    static int lineStop(byte[] text, int from, int end) {
        int at = from;
        while (at + Long.BYTES <= end) {
            long eight = (long) WORDS.get(text, at);
            long marks = zeros(eight ^ EVERY * '\n') | zeros(eight ^ EVERY * '\r');
            if (marks != 0) {
                return at + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        while (at < end && text[at] != '\n' && text[at] != '\r') {
            at++;
        }
        return at;
    }

    private static long zeros(long word) {
        return (word - EVERY) & ~word & MARKS;
    }
}
