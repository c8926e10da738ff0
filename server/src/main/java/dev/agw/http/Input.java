package dev.agw.http;

import java.io.IOException;
import java.util.Arrays;

/// Bytes read ahead from a [Source]. Starts small, grows while reads fill it, and holds no array while it waits empty.
public final class Input {
    private static final byte[] NONE = new byte[0];
    private static final int LARGE = 16 * 1024;

    private final Source source;
    private final int room;
    private final Room growth;
    private byte[] bytes = NONE;
    private int pos;
    private int limit;
    private boolean filled;

    /// @param room bytes of the array that a first read uses
    public Input(Source source, int room) {
        this(source, room, Room.UNBOUNDED);
    }

    /// @param room bytes of the array that a first read uses
    /// @param growth asked for the bytes by which the array grows because what it holds cannot be taken yet
    public Input(Source source, int room, Room growth) {
        this.source = source;
        this.room = room;
        this.growth = growth;
    }

    /// Bytes that can be taken without reading.
    public int available() {
        return limit - pos;
    }

    /// Whether what comes next is `prefix`; waits for more only as long as it may be.
    public boolean startsWith(byte[] prefix) throws IOException {
        for (int i = 0; i < prefix.length; i++) {
            if (available() <= i && !fill()) {
                return false;
            }
            if (peek(i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    byte[] array() {
        return bytes;
    }

    int position() {
        return pos;
    }

    void skip(int length) {
        pos += length;
    }

    byte peek(int ahead) {
        return bytes[pos + ahead];
    }

    /// The next byte, waiting for it if need be; -1 at the end of the connection.
    int readByte() throws IOException {
        if (pos == limit && !fill()) {
            return -1;
        }
        return bytes[pos++] & 0xFF;
    }

    /// Reads more bytes behind those available, waiting for at least one; false at the end of the connection.
    public boolean fill() throws IOException {
        makeRoom();
        int read = source.read(bytes, limit, bytes.length - limit);
        if (read < 0) {
            return false;
        }
        limit += read;
        filled = limit == bytes.length;
        return true;
    }

    /// Copies what is available out, without reading; for leaving HTTP behind.
    public int drainTo(byte[] target, int offset, int length) {
        int taken = Math.min(length, available());
        System.arraycopy(bytes, pos, target, offset, taken);
        pos += taken;
        return taken;
    }

    /// Lets the array go if nothing is left in it.
    public void release() {
        if (pos == limit) {
            bytes = NONE;
            pos = 0;
            limit = 0;
            filled = false;
        }
    }

    private void makeRoom() {
        if (pos == limit) {
            pos = 0;
            limit = 0;
            if (bytes.length == 0 || (filled && bytes.length < LARGE)) {
                bytes = new byte[bytes.length == 0 ? room : LARGE];
            }
        } else if (limit == bytes.length) {
            compactOrGrow();
        }
    }

    private void compactOrGrow() {
        if (pos > 0) {
            System.arraycopy(bytes, pos, bytes, 0, limit - pos);
            limit -= pos;
            pos = 0;
        } else {
            growth.take(bytes.length);
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
    }
}
