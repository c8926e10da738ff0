package dev.agw.http2;

/// How many frames of a kind a peer may send: so many at once, then so many per second, and more as it earns them. For
/// the thread that reads the connection alone.
public final class FrameBucket {
    private final int most;
    private final int perSecond;
    private double tokens;
    private long last = System.nanoTime();

    public FrameBucket(int most, int perSecond) {
        this.most = most;
        this.perSecond = perSecond;
        this.tokens = most;
    }

    /// Something of use came, or went, for which the peer has reason to send so many frames.
    public void add(long earned) {
        tokens = Math.min(most, tokens + earned);
    }

    /// Takes one frame in; false if it is one too many.
    ///
    /// @param now by `System.nanoTime()`
    public boolean take(long now) {
        tokens = Math.min(most, tokens + (now - last) * 1e-9 * perSecond) - 1;
        last = now;
        return tokens >= 0;
    }
}
