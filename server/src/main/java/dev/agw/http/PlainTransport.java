package dev.agw.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/*
 * Reads and writes block on virtual threads. While the owner waits for somebody else, another thread may look whether the
 * peer left: it switches the channel to non-blocking mode for one read (no system call: channels that virtual threads use
 * are non-blocking underneath anyway). `busy` keeps that look and the owner's writes apart. This costs a second reader
 * thread per stream neither its memory nor its wake-ups.
 */
/// A plain TCP connection.
public final class PlainTransport implements Transport {
    private static final byte[] NONE = new byte[0];

    private final SocketChannel channel;
    private final ReentrantLock busy = new ReentrantLock();
    private byte[] early = NONE;
    private boolean watched;

    public PlainTransport(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
        if (early.length > 0) {
            return takeEarly(array, offset, length);
        }
        return channel.read(ByteBuffer.wrap(array, offset, length));
    }

    @Override
    public void write(byte[] array, int offset, int length) throws IOException {
        busy.lock();
        try {
            ByteBuffer buffer = ByteBuffer.wrap(array, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } finally {
            busy.unlock();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException expected) {
            // closing is all that can be done to it
        }
    }

    @Override
    public void finish() {
        try {
            channel.shutdownOutput();
        } catch (IOException expected) {
            // the peer was faster
        }
    }

    /// Unblocks the owner's read, which then sees the end; writing goes on.
    public void stopReading() {
        try {
            channel.shutdownInput();
        } catch (IOException expected) {
            // the peer was faster
        }
    }

    /// Makes the close that follows a reset, so that a response without length is not taken for whole.
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
    public String kind() {
        return "plaintext";
    }

    /// What a look at the receiving side found.
    public enum Probe {
        SILENT,
        DATA,
        GONE
    }

    /// Lets other threads [#probe] from now on: the owner will not read until [#unwatch].
    public void watch() {
        watched = true;
    }

    /// Ends what [#watch] began; no probe is under way when this returns.
    public void unwatch() {
        busy.lock();
        try {
            watched = false;
        } finally {
            busy.unlock();
        }
    }

    /// Looks, without waiting, whether the peer sent something or left. Bytes that came are kept for the next read.
    /// Finds silence while the connection is not watched or its owner is writing.
    public Probe probe() {
        if (!busy.tryLock()) {
            return Probe.SILENT;
        }
        try {
            return watched ? look() : Probe.SILENT;
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
        channel.configureBlocking(false);
        int read;
        try {
            read = channel.read(buffer);
        } finally {
            channel.configureBlocking(true);
        }
        if (read > 0) {
            early = Arrays.copyOf(buffer.array(), read);
            return Probe.DATA;
        }
        return read < 0 ? Probe.GONE : Probe.SILENT;
    }

    private int takeEarly(byte[] array, int offset, int length) {
        int taken = Math.min(length, early.length);
        System.arraycopy(early, 0, array, offset, taken);
        early = taken == early.length ? NONE : Arrays.copyOfRange(early, taken, early.length);
        return taken;
    }
}
