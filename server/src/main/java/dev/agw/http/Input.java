package dev.agw.http;

import java.io.IOException;
import java.util.Arrays;

/*
 * Whoever waits with nothing in hand holds no array: thousands wait. What came is read into a large one that is lent for as
 * long as something is left in it, so that most messages take one read. Who has begun and must wait for more moves what it
 * has into an array of its own, no larger than it has to be: a client that sends a byte and no second one costs little.
 */
/// Bytes read ahead from a [Source]. For one thread at a time.
public final class Input {
    private static final byte[] NONE = new byte[0];

    private final Source source;
    private final Lender lender;
    private final int room;
    private final Room growth;
    private byte[] bytes = NONE;
    private boolean lent;
    private boolean kept;
    private int pos;
    private int limit;

    /// @param lender of arrays for what has come
    /// @param room bytes of the array that holds what has begun
    public Input(Source source, Lender lender, int room) {
        this(source, lender, room, Room.UNBOUNDED);
    }

    /// @param lender of arrays for what has come
    /// @param room bytes of the array that holds what has begun
    /// @param growth asked for the bytes by which that has to be larger, because what it holds cannot be taken yet
    public Input(Source source, Lender lender, int room, Room growth) {
        this.source = source;
        this.lender = lender;
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
        return pos == limit ? fillEmpty() : fillBehind();
    }

    /// Copies what is available out, without reading; for leaving HTTP behind.
    public int drainTo(byte[] target, int offset, int length) {
        int taken = Math.min(length, available());
        System.arraycopy(bytes, pos, target, offset, taken);
        pos += taken;
        release();
        return taken;
    }

    /// Lets the array go if nothing is left in it.
    public void release() {
        if (pos == limit) {
            drop();
            kept = false;
        }
    }

    /// Lets a large array go: before a wait for somebody else.
    void settle() {
        if (pos == limit) {
            drop();
        } else if (lent) {
            moveToOwn();
        }
    }

    /// Has no other connection use the arrays from now on, as another thread may look at them a moment longer; up to
    /// [#release].
    public void keep() {
        lent = false;
        kept = true;
    }

    private void drop() {
        if (lent) {
            lender.giveBack(bytes);
            lent = false;
        }
        bytes = NONE;
        pos = 0;
        limit = 0;
    }

    private boolean fillEmpty() throws IOException {
        int read;
        do {
            drop();
            source.await();
            bytes = lender.lend();
            lent = !kept;
            read = source.readNow(bytes, 0, bytes.length);
        } while (read == 0);
        limit = Math.max(0, read);
        return read > 0;
    }

    private boolean fillBehind() throws IOException {
        if (lent) {
            moveToOwn();
        } else if (limit == bytes.length) {
            compactOrGrow();
        }
        int read = source.read(bytes, limit, bytes.length - limit);
        limit += Math.max(0, read);
        return read > 0;
    }

    private void moveToOwn() {
        int held = limit - pos;
        int size = room;
        while (size <= held) {
            size *= 2;
        }
        growth.take(size - room);
        byte[] own = new byte[size];
        System.arraycopy(bytes, pos, own, 0, held);
        drop();
        bytes = own;
        limit = held;
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
