package dev.agw.http2;

import java.util.concurrent.atomic.AtomicInteger;

/// What a peer may still send, on a stream or on a connection, and what it is owed (RFC 9113 §5.2). Safe from any
/// thread.
public final class ReceiveWindow {
    private final int size;
    private final AtomicInteger open;
    private final AtomicInteger owed = new AtomicInteger();

    /// @param size bytes that may be under way or unread at a time
    public ReceiveWindow(int size) {
        this.size = size;
        this.open = new AtomicInteger(size);
    }

    /// Notes bytes that came; false if the peer was not allowed to send them.
    public boolean received(int bytes) {
        return open.addAndGet(-bytes) >= 0;
    }

    /// Notes bytes that were read; returns what is to be announced by WINDOW_UPDATE: half of the window at a time, or 0.
    public int consumed(int bytes) {
        if (owed.addAndGet(bytes) < size / 2) {
            return 0;
        }
        int increment = owed.getAndSet(0);
        open.addAndGet(increment);
        return increment;
    }
}
