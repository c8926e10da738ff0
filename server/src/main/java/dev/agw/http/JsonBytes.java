package dev.agw.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/*
 * Strings are most of what a model reads and writes, so they are passed eight bytes at a time: a byte of `word` that is
 * zero, or below a bound, leaves its high bit set in the usual subtract-and-mask trick. A borrow can only come from a byte
 * that is a hit itself, so the lowest hit is always right, and only the lowest is used.
 */
/// Where strings and values of JSON end, in bytes that lie in memory.
final class JsonBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = ONES << 7;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private JsonBytes() {}

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    static int skipSpace(byte[] json, int from, int end) {
        int i = from;
        while (i < end && isSpace(json[i])) {
            i++;
        }
        return i;
    }

    /// The first quote, backslash or control character; `end` if there is none.
    static int stringStop(byte[] json, int from, int end) {
        int i = from;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            long word = (long) LONGS.get(json, i);
            long quote = word ^ QUOTES;
            long backslash = word ^ BACKSLASHES;
            long hits = ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - SPACES) & ~word);
            if ((hits & HIGH) != 0) {
                return i + (Long.numberOfTrailingZeros(hits & HIGH) >>> 3);
            }
        }
        while (i < end && !stopsString(json[i])) {
            i++;
        }
        return i;
    }

    private static boolean stopsString(byte b) {
        return b == '"' || b == '\\' || (b >= 0 && b < ' ');
    }

    /// Behind the closing quote of the string that opens at `from`; `end` if it is not closed.
    static int stringEnd(byte[] json, int from, int end) {
        int i = from + 1;
        while (i < end) {
            i = stringStop(json, i, end);
            if (i < end && json[i] == '"') {
                return i + 1;
            }
            i += i < end && json[i] == '\\' ? 2 : 1;
        }
        return end;
    }

    /// Behind the value that starts at `from`, its brackets counted and not checked.
    static int valueEnd(byte[] json, int from, int end) {
        return switch (json[from]) {
            case '"' -> stringEnd(json, from, end);
            case '{', '[' -> containerEnd(json, from, end);
            default -> scalarEnd(json, from, end);
        };
    }

    private static int containerEnd(byte[] json, int from, int end) {
        int depth = 0;
        int i = from;
        while (i < end) {
            byte b = json[i];
            if (b == '"') {
                i = stringEnd(json, i, end);
                continue;
            }
            i++;
            if (b == '{' || b == '[') {
                depth++;
            } else if ((b == '}' || b == ']') && --depth == 0) {
                return i;
            }
        }
        return end;
    }

    private static int scalarEnd(byte[] json, int from, int end) {
        int i = from;
        while (i < end && !isSpace(json[i]) && json[i] != ',' && json[i] != '}' && json[i] != ']') {
            i++;
        }
        return i;
    }
}
