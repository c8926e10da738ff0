package dev.agw.net;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/*
 * An engine over the channel instead of an SSLSocket, for two reasons. A pooled connection must tell session
 * tickets, which TLS 1.3 sends after the handshake, from bytes that nobody asked for: SSLSocket can't be asked
 * without waiting. And closing must unblock a reader at once: SSLSocket.close() may itself wait for a writer.
 *
 * Records are opened straight into the reader's array where it is large enough, so a quiet connection holds
 * one small buffer. Reading and writing are each one thread's; the lock is there because a reader may have to
 * answer a key update.
 */
/// A TLS connection. Created with the handshake still to do.
public final class TlsTransport implements Transport {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);
    private static final int SMALL = 1024;
    /// Records in a row that carry nothing: new keys, tickets, warnings, empty ones. Who means well needs far fewer.
    private static final int MOST_EMPTY = 32;

    private final PlainTransport plain;
    private final SSLEngine engine;
    private final Memory memory;
    private final ReentrantLock writing = new ReentrantLock();
    /// Records as they came, ready to be taken.
    private ByteBuffer received = NONE;
    /// Clear bytes that the reader had no room for, ready to be taken.
    private ByteBuffer clear = NONE;
    private boolean busy;
    private boolean ended;
    private boolean shaken;
    private int empty;
    private int held;
    private volatile boolean watched;

    /// Counts what connections hold of records that have begun and not ended, or that nobody has read yet.
    @FunctionalInterface
    public interface Memory {
        /// As much as there is.
        Memory UNBOUNDED = bytes -> true;

        /// From now on so many bytes are held beside the small buffer; false if they are not to be had.
        boolean holds(int bytes);
    }

    /// @param engine in client or in server mode
    public TlsTransport(PlainTransport plain, SSLEngine engine, Memory memory) {
        this.plain = plain;
        this.engine = engine;
        this.memory = memory;
    }

    /// Shakes hands.
    ///
    /// @throws IOException the peer left, or either side does not accept the other
    public void handshake() throws IOException {
        engine.beginHandshake();
        try {
            while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
                step(engine.getHandshakeStatus());
                if (ended) {
                    throw new EOFException("the peer ended the TLS handshake");
                }
            }
            shaken = true;
        } catch (IOException refused) {
            tell();
            throw refused;
        }
    }

    private void step(HandshakeStatus needed) throws IOException {
        switch (needed) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> write(NONE.duplicate());
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> open(NONE.duplicate());
            case FINISHED, NOT_HANDSHAKING -> {}
        }
    }

    /// Sends the alert that says why, if there is one.
    private void tell() {
        try {
            write(NONE.duplicate());
        } catch (IOException expected) {
            // the peer need not be there any more
        }
    }

    /// What both agreed to speak inside (RFC 7301); empty if the peer did not ask.
    public String application() {
        String agreed = engine.getApplicationProtocol();
        return agreed == null ? "" : agreed;
    }

    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(array, offset, length);
        while (!clear.hasRemaining()) {
            if (ended) {
                return -1;
            }
            open(target);
            if (target.position() > offset) {
                return target.position() - offset;
            }
        }
        int taken = Math.min(length, clear.remaining());
        clear.get(array, offset, taken);
        if (!clear.hasRemaining()) {
            clear = NONE;
            hold(received.capacity());
        }
        return taken;
    }

    /// Opens one record into `target`, or into [#clear] if it has no room; reads from the channel if no record is
    /// there.
    private void open(ByteBuffer target) throws IOException {
        SSLEngineResult result = engine.unwrap(received, target);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            ByteBuffer room = room();
            result = engine.unwrap(received, room);
            clear = room.flip();
        }
        count(result);
        switch (result.getStatus()) {
            case OK -> answer();
            case CLOSED -> ended = true;
            case BUFFER_UNDERFLOW -> receive();
            case BUFFER_OVERFLOW -> throw new IOException("a TLS record is larger than TLS allows");
        }
    }

    /// Each record costs work, and an answer if it asks for new keys, which none that carries bytes does.
    private void count(SSLEngineResult result) throws IOException {
        if (result.bytesProduced() > 0) {
            empty = 0;
        } else if (shaken && result.bytesConsumed() > 0 && ++empty > MOST_EMPTY) {
            throw new IOException("the peer sends TLS records that carry nothing");
        }
    }

    /// What the peer asked for after the handshake, such as new keys.
    private void answer() throws IOException {
        HandshakeStatus needed = engine.getHandshakeStatus();
        refuseRenegotiation(needed);
        if (needed == HandshakeStatus.NEED_TASK || needed == HandshakeStatus.NEED_WRAP) {
            step(needed);
        }
    }

    /// A second handshake costs the server much and the client little; TLS 1.3 has done away with it.
    private void refuseRenegotiation(HandshakeStatus needed) throws IOException {
        boolean again = needed != HandshakeStatus.NOT_HANDSHAKING && needed != HandshakeStatus.FINISHED;
        if (shaken && again && !engine.getUseClientMode() && !tls13()) {
            throw new IOException("the client wants to shake hands again");
        }
    }

    private boolean tls13() {
        return engine.getSession().getProtocol().equals("TLSv1.3");
    }

    /// A connection that was busy has a large buffer; it must not wait with it.
    private void receive() throws IOException {
        if (busy && !received.hasRemaining()) {
            receiveNow();
            if (received.hasRemaining() || ended) {
                return;
            }
            busy = false;
        }
        makeRoom();
        try {
            took(plain.read(received));
        } finally {
            received.flip();
        }
    }

    private void receiveNow() throws IOException {
        makeRoom();
        try {
            took(plain.readNow(received));
        } finally {
            received.flip();
        }
    }

    private void took(int read) throws IOException {
        busy = read >= SMALL;
        if (read < 0) {
            if (engine.getUseClientMode()) {
                engine.closeInbound(); // throws unless the peer said that this is the end
            }
            ended = true; // a request tells its own length: a server need not be told of the end
        }
    }

    private void makeRoom() throws IOException {
        int size = busy || received.hasRemaining() ? engine.getSession().getPacketBufferSize() : SMALL;
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

    private void hold(int capacity) throws IOException {
        int beside = Math.max(0, capacity - SMALL);
        if (beside != held && !memory.holds(beside)) {
            throw new IOException("there is no memory for records that have begun");
        }
        held = beside;
    }

    @Override
    public void write(byte[] array, int offset, int length) throws IOException {
        write(ByteBuffer.wrap(array, offset, length));
    }

    private void write(ByteBuffer source) throws IOException {
        writing.lock();
        SpareBuffer spare = plain.loop().sealed();
        ByteBuffer sealed = spare.take(engine.getSession().getPacketBufferSize());
        try {
            do {
                if (engine.wrap(source, sealed.clear()).getStatus() == Status.CLOSED && source.hasRemaining()) {
                    throw new IOException("the TLS connection is closed");
                }
                plain.write(sealed.flip());
            } while (source.hasRemaining());
        } finally {
            spare.give(sealed);
            writing.unlock();
        }
    }

    @Override
    public void close() {
        plain.close();
    }

    @Override
    public void closeWithReset() {
        plain.closeWithReset();
    }

    @Override
    public void stopReading() {
        plain.stopReading();
    }

    @Override
    public void watch() {
        watched = true;
    }

    @Override
    public void unwatch() {
        writing.lock();
        try {
            watched = false;
        } finally {
            writing.unlock();
        }
    }

    /// Opens what came: a client that says `close_notify`, or whose connection ends, has left; key updates are
    /// silence. Nothing is written, so that whoever looks never waits for the client.
    @Override
    public Probe probe() {
        if (!watched || !plain.unasked() || !writing.tryLock()) {
            return Probe.SILENT;
        }
        try {
            return watched ? peek() : Probe.SILENT;
        } catch (IOException gone) {
            ended = true;
            return Probe.GONE;
        } finally {
            writing.unlock();
        }
    }

    private Probe peek() throws IOException {
        if (clear.hasRemaining()) {
            return Probe.DATA;
        }
        if (!ended) {
            receiveNow();
        }
        while (received.hasRemaining() && !ended && openAhead()) {
            if (clear.hasRemaining()) {
                return Probe.DATA;
            }
        }
        if (ended) {
            return Probe.ENDED;
        }
        plain.noteTaken();
        return Probe.SILENT;
    }

    /// Opens one record into [#clear]; false if none is whole.
    private boolean openAhead() throws IOException {
        ByteBuffer room = room();
        SSLEngineResult result = engine.unwrap(received, room);
        count(result);
        refuseRenegotiation(result.getHandshakeStatus());
        ended |= result.getStatus() == Status.CLOSED;
        clear = room.flip().hasRemaining() ? room : NONE;
        hold(received.capacity() + clear.capacity());
        return result.bytesConsumed() > 0;
    }

    @Override
    public void finish() {
        engine.closeOutbound();
        tell();
    }

    @Override
    public boolean readable() {
        try {
            return clear.hasRemaining() || ended || look();
        } catch (IOException gone) {
            return true;
        }
    }

    /// Takes in what came without waiting. Session tickets are swallowed; anything else, even half a record,
    /// counts.
    private boolean look() throws IOException {
        receiveNow();
        while (received.hasRemaining() && !ended) {
            int before = received.remaining();
            ByteBuffer room = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
            count(engine.unwrap(received, room));
            answer();
            if (room.position() > 0 || received.remaining() == before) {
                return true;
            }
        }
        return ended;
    }

    @Override
    public EventLoop loop() {
        return plain.loop();
    }

    @Override
    public String kind() {
        return "tls";
    }
}
