package dev.agw.net;

import java.io.IOException;
import java.time.Duration;
import java.util.function.IntConsumer;

/// The end of a connection by the gateway. A close with unread bytes would reset it, and take away what the peer has
/// not read yet; so the peer is told, and what it still sends is thrown away until it goes, too (RFC 9112 §9.6).
public final class Farewell {
    /// For the peer to take the last words, and then to go.
    private static final long LAST_WAIT = Duration.ofSeconds(1).toNanos();
    private static final int MOST_DRAINED = 256 * 1024;
    /// Small, as there may be many at a time: those that are refused for want of memory.
    private static final int DRAINED_AT_ONCE = 512;

    private final Transport transport;
    private final IntConsumer received;
    private volatile long closeBy;

    /// @param received told how many bytes each read threw away; -1 at the end
    public Farewell(Transport transport, IntConsumer received) {
        this.transport = transport;
        this.received = received;
    }

    /// Last words are about to be written: a peer that does not take them is cut off by [#sweep].
    public void begin() {
        closeBy = System.nanoTime() + LAST_WAIT;
    }

    /// Whether the end is under way.
    public boolean begun() {
        return closeBy != 0;
    }

    /// Says that nothing more comes, so that a TLS peer can tell this end from a cut, and waits for the peer. A
    /// pump of a body may still be reading: its input and its deadline are left alone.
    public void say() throws IOException {
        begin();
        transport.finish();
        byte[] rest = new byte[DRAINED_AT_ONCE];
        int read = 0;
        for (int discarded = 0; read >= 0 && discarded < MOST_DRAINED; discarded += read) {
            read = transport.discard(rest);
            received.accept(read);
        }
    }

    /// Closes the connection of a peer that neither reads nor goes.
    public void sweep(long now) {
        if (closeBy != 0 && now - closeBy > 0) {
            transport.close();
        }
    }
}
