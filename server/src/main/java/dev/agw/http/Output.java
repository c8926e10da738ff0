package dev.agw.http;

import java.io.IOException;
import java.util.Arrays;

/// Bytes gathered into one array, so that head and body leave in one write. Grows as needed; holds nothing once
/// flushed.
public final class Output {
    private static final byte[] NONE = new byte[0];
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final Sink sink;
    private final int firstRoom;
    private byte[] bytes = NONE;
    private int used;

    /// @param firstRoom bytes of the array that the first write after a flush allocates
    public Output(Sink sink, int firstRoom) {
        this.sink = sink;
        this.firstRoom = firstRoom;
    }

    /// Bytes that wait for the next flush.
    public int pending() {
        return used;
    }

    /// Adds characters of the ASCII range.
    @SuppressWarnings("deprecation") // the one call that copies Latin-1 strings without a detour
    public void ascii(String text) {
        int length = text.length();
        ensure(length);
        text.getBytes(0, length, bytes, used);
        used += length;
    }

    /// Adds bytes.
    public void bytes(byte[] from, int offset, int length) {
        ensure(length);
        System.arraycopy(from, offset, bytes, used, length);
        used += length;
    }

    /// Adds bytes.
    public void bytes(byte[] from) {
        bytes(from, 0, from.length);
    }

    /// Adds a number in decimal.
    public void decimal(long number) {
        ascii(Long.toString(number));
    }

    void crlf() {
        ensure(2);
        bytes[used++] = '\r';
        bytes[used++] = '\n';
    }

    void colon() {
        ensure(2);
        bytes[used++] = ':';
        bytes[used++] = ' ';
    }

    void hex(int number) {
        ensure(8);
        int shift = 28;
        while (shift > 0 && number >>> shift == 0) {
            shift -= 4;
        }
        for (; shift >= 0; shift -= 4) {
            bytes[used++] = HEX[number >>> shift & 0xF];
        }
    }

    /// Makes room for `length` more bytes, so that what follows costs one array and not two.
    public void ensure(int length) {
        int needed = used + length;
        if (needed > bytes.length) {
            bytes = used == 0
                    ? new byte[Math.max(firstRoom, needed)]
                    : Arrays.copyOf(bytes, Math.max(needed, used * 2));
        }
    }

    /// Writes everything gathered, keeping the array for what comes next.
    public void flush() throws IOException {
        int length = used;
        used = 0;
        if (length > 0) {
            sink.write(bytes, 0, length);
        }
    }

    /// Lets the array go, so that a connection that waits holds none.
    public void release() {
        if (used == 0) {
            bytes = NONE;
        }
    }
}
