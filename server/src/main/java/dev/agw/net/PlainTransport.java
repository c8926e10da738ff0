package dev.agw.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/*
 * While the owner waits for somebody else, another thread may look whether the peer left. `busy` keeps that look and the
 * owner's writes apart. That look costs a system call only after the event loop has seen something come.
 */
/// A plain TCP connection.
public final class PlainTransport implements Transport {
    private static final byte[] NONE = new byte[0];

    private final SocketChannel channel;
    private final Readiness readiness;
    /// Whoever empties a connection that is to be closed may meet a reader that still waits for a body.
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock busy = new ReentrantLock();
    private byte[] early = NONE;
    private boolean watched;
    /// The last read took all there was, so that the next one has to wait.
    private boolean drained;

    private PlainTransport(SocketChannel channel, int interest) throws IOException {
        this.channel = channel;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.readiness = new Readiness(channel, EventLoop.current(), interest);
    }

    /// A connection that is there.
    public static PlainTransport of(SocketChannel channel) throws IOException {
        return new PlainTransport(channel, SelectionKey.OP_READ);
    }

    /// A connection to be made by [#connect].
    public static PlainTransport unconnected(SocketChannel channel) throws IOException {
        return new PlainTransport(channel, 0);
    }

    /// Connects, and waits as long as it takes or until somebody closes.
    public void connect(InetSocketAddress address) throws IOException {
        boolean done = channel.connect(address);
        while (!done) {
            readiness.awaitConnect();
            done = channel.finishConnect();
        }
    }

    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
        return read(ByteBuffer.wrap(array, offset, length));
    }

    @Override
    public void await() throws IOException {
        reading.lock();
        try {
            awaitMore();
        } finally {
            reading.unlock();
        }
    }

    @Override
    public int readNow(byte[] array, int offset, int length) throws IOException {
        reading.lock();
        try {
            return take(ByteBuffer.wrap(array, offset, length));
        } finally {
            reading.unlock();
        }
    }

    int read(ByteBuffer target) throws IOException {
        reading.lock();
        try {
            boolean room = target.hasRemaining();
            int read;
            do {
                awaitMore();
                read = take(target);
            } while (read == 0 && room);
            return read;
        } finally {
            reading.unlock();
        }
    }

    private void awaitMore() throws IOException {
        if (early.length == 0 && drained && !readiness.unasked()) {
            readiness.awaitRead();
        }
    }

    private int take(ByteBuffer target) throws IOException {
        if (early.length > 0) {
            return takeEarly(target);
        }
        int read = receive(target);
        readiness.noteTaken();
        return read;
    }

    private int receive(ByteBuffer target) throws IOException {
        int room = target.remaining();
        int read = channel.read(target);
        drained = read >= 0 && read < room;
        return read;
    }

    /// Gives bytes back that were read too far; the next read takes them. Called by the reader, before any watch.
    public void unread(byte[] bytes) {
        early = bytes;
    }

    /// Whether something came, or the peer left, while nobody read.
    boolean unasked() {
        return readiness.unasked();
    }

    /// What came was taken: from now on the loop looks again.
    void noteTaken() throws IOException {
        readiness.noteTaken();
    }

    /// Reads what is there; 0 if nothing is.
    int readNow(ByteBuffer target) throws IOException {
        if (early.length > 0) {
            return takeEarly(target);
        }
        return receive(target);
    }

    @Override
    public void write(byte[] array, int offset, int length) throws IOException {
        write(ByteBuffer.wrap(array, offset, length));
    }

    void write(ByteBuffer buffer) throws IOException {
        busy.lock();
        try {
            channel.write(buffer);
            while (buffer.hasRemaining()) {
                readiness.awaitWrite();
                channel.write(buffer);
            }
        } finally {
            busy.unlock();
        }
    }

    @Override
    public void close() {
        try {
            readiness.close();
        } catch (IOException expected) {
            // closing is all that can be done to it
        }
        readiness.wakeAll();
    }

    @Override
    public void finish() {
        try {
            channel.shutdownOutput();
        } catch (IOException expected) {
            // the peer was faster
        }
    }

    @Override
    public int discard(byte[] scratch) throws IOException {
        return read(scratch, 0, scratch.length);
    }

    @Override
    public void stopReading() {
        try {
            channel.shutdownInput();
        } catch (IOException expected) {
            // the peer was faster
        }
        readiness.wakeAll();
    }

    @Override
    public void closeWithReset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException expected) {
            // closed already
        }
        close();
    }

    @Override
    public boolean readable() {
        try {
            return look() != Probe.SILENT;
        } catch (IOException gone) {
            return true;
        }
    }

    @Override
    public EventLoop loop() {
        return readiness.loop();
    }

    @Override
    public String kind() {
        return "plaintext";
    }

    @Override
    public void watch() {
        watched = true;
    }

    @Override
    public void unwatch() {
        busy.lock();
        try {
            watched = false;
        } finally {
            busy.unlock();
        }
    }

    @Override
    public Probe probe() {
        if (!busy.tryLock()) {
            return Probe.SILENT;
        }
        try {
            return watched && readiness.unasked() ? look() : Probe.SILENT;
        } catch (IOException gone) {
            return Probe.GONE;
        } finally {
            busy.unlock();
        }
    }

    private Probe look() throws IOException {
        if (early.length > 0) {
            return Probe.DATA;
        }
        ByteBuffer buffer = ByteBuffer.allocate(64);
        int read = readNow(buffer);
        if (read > 0) {
            early = Arrays.copyOf(buffer.array(), read);
            return Probe.DATA;
        }
        if (read < 0) {
            return Probe.ENDED;
        }
        readiness.noteTaken();
        return Probe.SILENT;
    }

    private int takeEarly(ByteBuffer target) {
        int taken = Math.min(target.remaining(), early.length);
        target.put(early, 0, taken);
        early = taken == early.length ? NONE : Arrays.copyOfRange(early, taken, early.length);
        return taken;
    }
}
