package dev.agw.http2;

/// How many frames of a kind a peer may send: so many at once, then so many per second, and more as it earns them. For
/// the thread that reads the connection alone.
public final class FrameBucket {
    private final int most;
    private final int perSecond;
    private double tokens;
    /// Kept apart, and without a bound: what goes out at once may be answered at once, however much it is, and earning
    /// costs a peer more than it can do with what it earned.
    private long earned;

    private long last = System.nanoTime();

    public FrameBucket(int most, int perSecond) {
        this.most = most;
        this.perSecond = perSecond;
        this.tokens = most;
    }

    /// Something of use came, or went, for which the peer has reason to send so many frames.
    public void add(long frames) {
        earned += frames;
    }

    /// Takes one frame in; false if it is one too many.
    ///
    /// @param now by `System.nanoTime()`
    public boolean take(long now) {
        tokens = Math.min(most, tokens + (now - last) * 1e-9 * perSecond);
        last = now;
        if (earned > 0) {
            earned--;
            return true;
        }
        tokens--;
        return tokens >= 0;
    }
}
