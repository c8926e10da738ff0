package dev.agw.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;

/*
 * Records are opened straight into the reader's array where it is large enough, so a quiet connection holds one small
 * buffer.
 */
/// What the peer of a TLS connection has sent and nobody has read: records as they came, and clear bytes that the
/// reader had no room for. What it holds beside its small buffer is asked for. For one thread at a time.
final class Records {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);
    private static final int SMALL = 1024;
    private static final int HEAD = 5;
    private static final int LENGTH_AT = 3;
    /// Content, and what a cipher may add to it: 256 bytes in TLS 1.3 (RFC 8446 §5.2), before that an IV of 16, a
    /// MAC of 48 and 256 of padding. The engine takes no more, either.
    private static final int MOST = 16 * 1024 + 320;

    private final PlainTransport plain;
    private final SSLEngine engine;
    private final TlsTransport.Memory memory;
    /// Records as they came, ready to be taken.
    private ByteBuffer received = NONE;
    /// Clear bytes that the reader had no room for, ready to be taken.
    private ByteBuffer clear = NONE;
    private boolean busy;
    private int held;

    Records(PlainTransport plain, SSLEngine engine, TlsTransport.Memory memory) {
        this.plain = plain;
        this.engine = engine;
        this.memory = memory;
    }

    /// Whether there are clear bytes to [#take].
    boolean opened() {
        return clear.hasRemaining();
    }

    /// Whether something came that is not opened, be it half a record.
    boolean unopened() {
        return received.hasRemaining();
    }

    /// Whether the next record is here to its end (RFC 8446 §5.1). As long as it is not, the engine must not be
    /// asked: it wants room for the largest of all.
    ///
    /// @throws IOException it is larger than TLS allows
    boolean whole() throws IOException {
        if (next() > HEAD + MOST) {
            throw new IOException("a TLS record is larger than TLS allows");
        }
        return received.remaining() >= next();
    }

    /// Bytes of the next record, as far as that is known.
    private int next() {
        boolean known = received.remaining() >= HEAD;
        return known ? HEAD + (received.getShort(received.position() + LENGTH_AT) & 0xFFFF) : HEAD;
    }

    /// Takes clear bytes.
    int take(byte[] array, int offset, int length) {
        int taken = Math.min(length, clear.remaining());
        clear.get(array, offset, taken);
        shrink();
        return taken;
    }

    /// Nobody reads for a while: what was a large buffer for, and is read, goes.
    void rest() {
        if (received.capacity() > SMALL && !received.hasRemaining()) {
            received = NONE;
            busy = false;
        }
        shrink();
    }

    /// Opens one record into `target`, or [#openAhead] if that has no room for it.
    SSLEngineResult open(ByteBuffer target) throws IOException {
        SSLEngineResult result = engine.unwrap(received, target);
        return result.getStatus() == Status.BUFFER_OVERFLOW ? openAhead() : result;
    }

    /// Opens one record, to be taken later. There must be nothing to take.
    SSLEngineResult openAhead() throws IOException {
        ByteBuffer room = room();
        SSLEngineResult result = engine.unwrap(received, room);
        clear = room.flip();
        shrink();
        return result;
    }

    /// Waits until something comes; -1 at the end. A connection that was busy has a large buffer; it must not wait with
    /// it.
    int receive() throws IOException {
        if (busy && !received.hasRemaining()) {
            int read = receiveNow();
            if (read != 0) {
                return read;
            }
        }
        makeRoom();
        try {
            return took(plain.read(received));
        } finally {
            received.flip();
        }
    }

    /// Takes what came without waiting; 0 if nothing did, -1 at the end.
    int receiveNow() throws IOException {
        makeRoom();
        try {
            return took(plain.readNow(received));
        } finally {
            received.flip();
        }
    }

    private int took(int read) {
        busy = read >= SMALL;
        return read;
    }

    private void makeRoom() throws IOException {
        boolean large = busy || next() > SMALL || received.remaining() >= SMALL;
        int size = large ? Math.max(SMALL, engine.getSession().getPacketBufferSize()) : SMALL;
        if (received.capacity() == size) {
            received.compact();
        } else {
            hold(size + clear.capacity());
            received = ByteBuffer.allocate(size).put(received);
        }
    }

    /// For the clear bytes of a record that its reader has no room for.
    private ByteBuffer room() throws IOException {
        int size = engine.getSession().getApplicationBufferSize();
        hold(received.capacity() + size);
        return ByteBuffer.allocate(size);
    }

    /// Gives back what the clear bytes took, once there are none left. A connection that is over has done so already.
    private void shrink() {
        if (!clear.hasRemaining()) {
            clear = NONE;
        }
        int beside = Math.max(0, received.capacity() + clear.capacity() - SMALL);
        if (beside != held) {
            held = beside;
            memory.holds(beside);
        }
    }

    private void hold(int capacity) throws IOException {
        int beside = Math.max(0, capacity - SMALL);
        if (beside != held && !memory.holds(beside)) {
            throw new NoMemoryException();
        }
        held = beside;
    }
}
