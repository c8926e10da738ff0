package dev.agw.http2;

/// What may still be sent on one stream. Guarded by the lock of the [Outbound] that it is used with.
///
/// Counts relative to the peer's initial window, so that a change of that needs no walk over the streams.
public final class SendWindow {
    private final int stream;
    private long balance;
    private boolean closed;
    private volatile long blockedSince;

    public SendWindow(int stream) {
        this.stream = stream;
    }

    public int stream() {
        return stream;
    }

    /// Since when, by `System.nanoTime()`, a thread waits for the peer to take something; 0 if none does.
    public long blockedSince() {
        return blockedSince;
    }

    long open(int initial) {
        return initial + balance;
    }

    void take(int bytes) {
        balance -= bytes;
    }

    void grant(int bytes) {
        balance += bytes;
    }

    boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    void blocked(long now) {
        blockedSince = now;
    }
}
