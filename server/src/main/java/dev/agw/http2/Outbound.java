package dev.agw.http2;

import dev.agw.http.Sink;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/*
 * Frames are gathered under the lock; the write to the socket happens outside of it, by one thread at a time. Who comes
 * meanwhile adds its frames and goes on: they leave with the next write of the thread that writes. So a busy connection
 * has one write for the frames of many streams, and the reader's acknowledgements do not wait behind a slow socket, unless
 * far too much is gathered already.
 */
/// The sending side of a connection: its frames in order, its header compression, its flow control.
public final class Outbound {
    /// Beyond it, streams wait for the socket before they add more.
    private static final int FULL = 64 * 1024;
    /// Beyond it, nothing more is read that could ask for an answer.
    private static final int OVERFULL = 4 * FULL;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final HpackEncoder encoder = new HpackEncoder();
    private final Sink sink;
    private FrameWriter gathering;
    private FrameWriter spare;
    private boolean flushing;
    private boolean closed;
    private boolean lastSaid;
    private int lastHead;
    private volatile int begun;
    private long window = Settings.INITIAL.initialWindowSize();
    private Settings peer = Settings.INITIAL;
    private volatile long writingSince;
    private final AtomicLong pieces = new AtomicLong();

    /// Frames that ask for no flow control.
    @FunctionalInterface
    public interface Frames {
        void write(FrameWriter writer);
    }

    /// Adds the fields of a header block.
    @FunctionalInterface
    public interface Block {
        void write(HpackEncoder encoder);
    }

    public Outbound(Sink sink) {
        this.sink = sink;
        gathering = new FrameWriter(sink);
        spare = new FrameWriter(sink);
    }

    /// Adds frames; they leave with the next [#flush].
    public void add(Frames frames) {
        lock.lock();
        try {
            if (!lastSaid) {
                frames.write(gathering);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Adds the last frames of all, behind what is being written. Whatever else was added never leaves, and nothing
    /// can be added any more: what [#begun] says from then on is final.
    public void lastWords(Frames frames) {
        lock.lock();
        try {
            gathering = new FrameWriter(sink);
            lastHead = begun;
            frames.write(gathering);
            lastSaid = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits while far too much was added that the peer does not take. For the thread that reads what it sends.
    public void awaitRoom() throws IOException {
        lock.lock();
        try {
            while (!closed && gathering.pending() >= OVERFULL) {
                writeOrWait();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether all that was added has left, or never will.
    public boolean written() {
        lock.lock();
        try {
            return closed || (!flushing && gathering.pending() == 0);
        } finally {
            lock.unlock();
        }
    }

    /// Adds the header block of an answer. Waits, as DATA does, for a peer that takes nothing: answers without a body
    /// would pile up.
    ///
    /// @throws StreamClosedException the stream or the connection has ended
    public void answer(SendWindow stream, Block block, boolean end) throws IOException {
        lock.lock();
        try {
            awaitRoom(stream);
            headers(stream, block, end);
        } finally {
            stream.blocked(0);
            lock.unlock();
        }
    }

    private void awaitRoom(SendWindow stream) throws IOException {
        requireOpen(stream);
        while (gathering.pending() >= FULL) {
            writeOrWait(stream);
            requireOpen(stream);
        }
    }

    /// Adds a header block.
    ///
    /// @throws StreamClosedException the stream or the connection has ended
    public void headers(SendWindow stream, Block block, boolean end) throws IOException {
        lock.lock();
        try {
            requireOpen(stream);
            encoder.begin();
            block.write(encoder);
            byte[] bytes = encoder.block();
            gathering.headers(stream.stream(), bytes, bytes.length, end, FrameReader.MOST_PAYLOAD);
            lastHead = stream.stream();
        } finally {
            lock.unlock();
        }
    }

    /// Adds DATA as the windows of the peer allow, waiting for them as long as it takes.
    ///
    /// @throws StreamClosedException the stream or the connection has ended
    public void data(SendWindow stream, byte[] array, int offset, int length, boolean end) throws IOException {
        lock.lock();
        try {
            int at = 0;
            do {
                int piece = awaitCredit(stream, length - at);
                gathering.data(stream.stream(), array, offset + at, piece, end && at + piece == length);
                stream.take(piece);
                window -= piece;
                pieces.incrementAndGet();
                at += piece;
            } while (at < length);
        } finally {
            stream.blocked(0);
            lock.unlock();
        }
    }

    private int awaitCredit(SendWindow stream, int wanted) throws IOException {
        while (true) {
            requireOpen(stream);
            long open = Math.min(window, stream.open(peer.initialWindowSize()));
            int credit = (int) Math.min(Math.min(open, wanted), FrameReader.MOST_PAYLOAD);
            boolean room = gathering.pending() < FULL;
            if (room && (credit > 0 || wanted == 0)) {
                return credit;
            }
            writeOrWait(stream);
        }
    }

    private void writeOrWait(SendWindow stream) throws IOException {
        if (!writable() && stream.blockedSince() == 0) {
            stream.blocked(System.nanoTime());
        }
        writeOrWait();
    }

    @SuppressWarnings("WaitNotInLoop") // the loops are the callers', which look again
    private void writeOrWait() throws IOException {
        if (writable()) {
            writeAll();
        } else {
            changed.awaitUninterruptibly();
        }
    }

    private boolean writable() {
        return gathering.pending() > 0 && !flushing;
    }

    private void requireOpen(SendWindow stream) throws StreamClosedException {
        if (closed || lastSaid || stream.closed()) {
            throw new StreamClosedException(stream.closed() ? "the stream has ended" : "the connection has ended");
        }
    }

    /// Sends what was added. Returns at once if another thread is writing: it takes these frames along.
    public void flush() throws IOException {
        lock.lock();
        try {
            if (!flushing) {
                writeAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Sends what was added, and waits until it has left, whoever sends it. A peer that takes nothing is waited
    /// for until the connection is closed.
    public void flushWhole() throws IOException {
        lock.lock();
        try {
            while (!closed && (flushing || gathering.pending() > 0)) {
                writeOrWait();
            }
        } finally {
            lock.unlock();
        }
    }

    private void writeAll() throws IOException {
        flushing = true;
        try {
            while (gathering.pending() > 0 && !closed) {
                FrameWriter full = gathering;
                gathering = spare;
                spare = full;
                begun = lastHead;
                write(full);
                changed.signalAll();
            }
        } catch (IOException e) {
            closed = true; // part of a frame may have left: nothing that follows would be understood
            throw e;
        } finally {
            flushing = false;
            changed.signalAll();
        }
    }

    private void write(FrameWriter full) throws IOException {
        lock.unlock();
        try {
            writingSince = System.nanoTime();
            full.flush();
        } finally {
            writingSince = 0;
            lock.lock();
        }
    }

    /// The last stream whose head has left, or may have; what was opened after it is unknown to the peer.
    public int begun() {
        return begun;
    }

    /// DATA frames sent so far: a peer has reason to send about as many WINDOW_UPDATEs.
    public long pieces() {
        return pieces.get();
    }

    /// Since when, by `System.nanoTime()`, a write to the socket has been going on; 0 if none is.
    public long writingSince() {
        return writingSince;
    }

    /// What the peer asks for from now on.
    public void settings(Settings settings) {
        lock.lock();
        try {
            peer = settings;
            encoder.capacity(settings.headerTableSize());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Whether a stream's window is one that may be, after [#settings] has moved it.
    public boolean fits(SendWindow stream) {
        lock.lock();
        try {
            return stream.open(peer.initialWindowSize()) <= Integer.MAX_VALUE;
        } finally {
            lock.unlock();
        }
    }

    /// A WINDOW_UPDATE of the connection; false if its window overflows.
    public boolean grant(int increment) {
        lock.lock();
        try {
            window += increment;
            changed.signalAll();
            return window <= Integer.MAX_VALUE;
        } finally {
            lock.unlock();
        }
    }

    /// A WINDOW_UPDATE of a stream; false if its window overflows.
    public boolean grant(SendWindow stream, int increment) {
        lock.lock();
        try {
            stream.grant(increment);
            changed.signalAll();
            return stream.open(peer.initialWindowSize()) <= Integer.MAX_VALUE;
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more is sent on this stream: whoever waits to send on it is told so.
    public void close(SendWindow stream) {
        lock.lock();
        try {
            stream.close();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more is sent at all.
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
