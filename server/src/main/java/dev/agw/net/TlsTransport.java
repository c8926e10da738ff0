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
 * Reading and writing are each one thread's; the lock is there because a reader may have to answer a key update.
 */
/// A TLS connection. Created with the handshake still to do.
public final class TlsTransport implements Transport {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);
    /// Records in a row that carry nothing: new keys, tickets, warnings, empty ones. Who means well needs far fewer.
    private static final int MOST_EMPTY = 32;

    private final PlainTransport plain;
    private final SSLEngine engine;
    private final Records records;
    private final ReentrantLock writing = new ReentrantLock();
    private boolean ended;
    private boolean shaken;
    private int empty;
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
        this.records = new Records(plain, engine, memory);
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

    /// @throws NoMemoryException a record has begun that there is no memory for
    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(array, offset, length);
        while (!records.opened()) {
            if (ended) {
                return -1;
            }
            open(target);
            if (target.position() > offset) {
                return target.position() - offset;
            }
        }
        return records.take(array, offset, length);
    }

    /// @throws NoMemoryException a record has begun that there is no memory for
    @Override
    public void await() throws IOException {
        while (!records.opened() && !ended && !records.whole()) {
            took(records.receive());
        }
    }

    /// Opens one record at most.
    @Override
    public int readNow(byte[] array, int offset, int length) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(array, offset, length);
        if (!records.opened() && !ended && records.whole()) {
            open(target);
        }
        if (target.position() > offset) {
            return target.position() - offset;
        }
        if (records.opened()) {
            return records.take(array, offset, length);
        }
        return ended ? -1 : 0;
    }

    /// Opens one record, into `target` if it has room; reads from the channel if no record is there.
    private void open(ByteBuffer target) throws IOException {
        if (shaken && !records.whole()) {
            took(records.receive());
            return;
        }
        SSLEngineResult result = records.open(target);
        count(result);
        switch (result.getStatus()) {
            case OK -> answer();
            case CLOSED -> ended = true;
            case BUFFER_UNDERFLOW -> took(records.receive());
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

    private void took(int read) throws IOException {
        if (read < 0) {
            if (engine.getUseClientMode()) {
                engine.closeInbound(); // throws unless the peer said that this is the end
            }
            ended = true; // a request tells its own length: a server need not be told of the end
        }
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

    /// Opens nothing: that would take memory, and records from a reader that still waits for them.
    @Override
    public int discard(byte[] scratch) throws IOException {
        return ended ? -1 : plain.discard(scratch);
    }

    @Override
    public void stopReading() {
        plain.stopReading();
    }

    @Override
    public void watch() {
        records.rest();
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
        } catch (NoMemoryException full) {
            return Probe.DATA; // it lies there; the next look may find room
        } catch (IOException gone) {
            ended = true;
            return Probe.GONE;
        } finally {
            writing.unlock();
        }
    }

    private Probe peek() throws IOException {
        try {
            return found();
        } finally {
            records.rest();
        }
    }

    private Probe found() throws IOException {
        if (records.opened()) {
            return Probe.DATA;
        }
        if (!ended) {
            took(records.receiveNow());
        }
        while (records.unopened() && !ended && openAhead()) {
            if (records.opened()) {
                return Probe.DATA;
            }
        }
        if (ended) {
            return Probe.ENDED;
        }
        plain.noteTaken();
        return Probe.SILENT;
    }

    /// Opens one record, to be read later; false if none is whole.
    private boolean openAhead() throws IOException {
        if (!records.whole()) {
            return false;
        }
        SSLEngineResult result = records.openAhead();
        count(result);
        refuseRenegotiation(result.getHandshakeStatus());
        ended |= result.getStatus() == Status.CLOSED;
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
            return records.opened() || ended || look();
        } catch (IOException gone) {
            return true;
        }
    }

    /// Takes in what came without waiting. Session tickets are swallowed; anything else, even half a record,
    /// counts.
    private boolean look() throws IOException {
        took(records.receiveNow());
        while (records.unopened() && !ended) {
            if (!openAhead() || records.opened()) {
                return true;
            }
            answer();
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
