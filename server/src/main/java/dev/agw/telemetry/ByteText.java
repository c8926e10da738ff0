package dev.agw.telemetry;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Text under construction, as bytes: grows, is reset, and keeps its array. Not thread-safe.
final class ByteText {
    /// The longest a `long` gets, sign included.
    private static final int LONG_DIGITS = 20;
    /// Whole doubles below this print as integers without losing anything: 2^53.
    private static final double EXACT_INTEGERS = 0x1p53;

    private byte[] bytes = new byte[1024];
    private int length;

    int length() {
        return length;
    }

    /// Forgets everything behind `newLength`.
    void truncate(int newLength) {
        length = newLength;
    }

    ByteText put(int b) {
        reserve(1);
        bytes[length++] = (byte) b;
        return this;
    }

    /// Characters up to 0x7F only.
    @SuppressWarnings("deprecation") // the one call that copies Latin-1 strings without a detour
    ByteText ascii(String text) {
        int count = text.length();
        reserve(count);
        text.getBytes(0, count, bytes, length);
        length += count;
        return this;
    }

    ByteText bytes(byte[] encoded) {
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
        return this;
    }

    /// One Unicode code point in UTF-8; half a surrogate pair becomes U+FFFD.
    ByteText codePoint(int point) {
        int c = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point;
        if (c < 0x80) {
            return put(c);
        }
        if (c < 0x800) {
            return put(0xC0 | c >> 6).continuation(c);
        }
        if (c < 0x10000) {
            return put(0xE0 | c >> 12).continuation(c >> 6).continuation(c);
        }
        return put(0xF0 | c >> 18).continuation(c >> 12).continuation(c >> 6).continuation(c);
    }

    /// A byte behind the first of a character: its lowest 6 bits.
    private ByteText continuation(int bits) {
        return put(0x80 | (bits & 0x3F));
    }

    ByteText number(long value) {
        if (value == Long.MIN_VALUE) {
            return ascii(Long.toString(value));
        }
        reserve(LONG_DIGITS);
        if (value < 0) {
            bytes[length++] = '-';
        }
        return digits(Math.abs(value), digitCount(Math.abs(value)));
    }

    /// The lowest `count` decimal digits of `value`, with zeros in front where it has fewer.
    ByteText digits(long value, int count) {
        reserve(count);
        long rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
        return this;
    }

    private static int digitCount(long value) {
        int count = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            count++;
        }
        return count;
    }

    /// A floating-point value as Prometheus reads it.
    ByteText number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < EXACT_INTEGERS) {
            return number((long) value);
        }
        if (Double.isInfinite(value)) {
            return ascii(value > 0 ? "+Inf" : "-Inf");
        }
        return ascii(Double.toString(value));
    }

    void handTo(Page taker) {
        taker.take(bytes, length);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
