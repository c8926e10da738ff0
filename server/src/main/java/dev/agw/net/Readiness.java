package dev.agw.net;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/*
 * Interest in reading stays set from one read to the next, so a request costs no change of it. Only where bytes come that
 * nobody waits for is it taken back, and `unasked` says so. Taking it back and waiting may race: whoever waits names itself
 * first and looks at the interest afterwards; the loop takes the interest back first and looks for a name afterwards.
 */
/// Threads that wait for one socket: at most one to read (or to be connected) and one to write.
final class Readiness {
    private final SocketChannel channel;
    private final EventLoop loop;
    private final SelectionKey key;
    private volatile @Nullable Thread reader;
    private volatile @Nullable Thread writer;
    private volatile boolean unasked;

    Readiness(SocketChannel channel, EventLoop loop, int interest) throws IOException {
        this.channel = channel;
        this.loop = loop;
        channel.configureBlocking(false);
        this.key = registered(interest);
        loop.wake();
    }

    private SelectionKey registered(int interest) throws IOException {
        SelectionKey[] made = new SelectionKey[1];
        VirtualThreads.pinned(() -> made[0] = channel.register(loop.selector(), interest, this));
        return made[0];
    }

    /// Closes the channel. Waits end with [#wakeAll].
    void close() throws IOException {
        VirtualThreads.pinned(channel::close);
    }

    EventLoop loop() {
        return loop;
    }

    /// Whether something came, or the peer left, while nobody waited for it.
    boolean unasked() {
        return unasked;
    }

    /// To be called after a read: from now on the loop looks again.
    void noteTaken() throws IOException {
        if (unasked) {
            unasked = false;
            want(SelectionKey.OP_READ);
        }
    }

    void awaitRead() throws IOException {
        awaitAsReader(SelectionKey.OP_READ);
    }

    void awaitConnect() throws IOException {
        awaitAsReader(SelectionKey.OP_CONNECT);
    }

    void awaitWrite() throws IOException {
        writer = Thread.currentThread();
        want(SelectionKey.OP_WRITE);
        while (writer != null) {
            park();
        }
    }

    /// Ends all waits: the channel was closed, or one direction of it.
    void wakeAll() {
        wakeReader();
        wakeWriter();
        loop.wake();
    }

    /// Called by the loop.
    void ready(SelectionKey key) {
        int ops = key.readyOps();
        if ((ops & SelectionKey.OP_WRITE) != 0) {
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
            wakeWriter();
        }
        if ((ops & SelectionKey.OP_CONNECT) != 0) {
            key.interestOps(SelectionKey.OP_READ);
            wakeReader();
        } else if ((ops & SelectionKey.OP_READ) != 0 && !wakeReader()) {
            key.interestOpsAnd(~SelectionKey.OP_READ);
            unasked = true;
            wakeReader();
        }
    }

    private void awaitAsReader(int op) throws IOException {
        reader = Thread.currentThread();
        want(op);
        while (reader != null) {
            park();
        }
    }

    private void want(int op) throws IOException {
        try {
            if ((key.interestOps() & op) == 0) {
                VirtualThreads.pinned(() -> key.interestOpsOr(op));
                loop.wake();
            }
        } catch (CancelledKeyException closed) {
            throw new ClosedChannelException();
        }
    }

    private void park() throws IOException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        LockSupport.park(this);
        if (Thread.currentThread().isInterrupted()) {
            close();
            throw new ClosedByInterruptException();
        }
    }

    private boolean wakeReader() {
        Thread thread = reader;
        if (thread == null) {
            return false;
        }
        reader = null;
        LockSupport.unpark(thread);
        return true;
    }

    private void wakeWriter() {
        Thread thread = writer;
        if (thread != null) {
            writer = null;
            LockSupport.unpark(thread);
        }
    }
}
