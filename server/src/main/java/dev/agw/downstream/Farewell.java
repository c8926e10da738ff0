package dev.agw.downstream;

import dev.agw.net.Transport;
import java.io.IOException;
import java.time.Duration;

/// The end of a connection by the gateway. A close with unread bytes would reset it, and take away what the client has
/// not read yet; so the client is told, and what it still sends is thrown away until it goes, too (RFC 9112 §9.6).
final class Farewell {
    private static final long LAST_WAIT = Duration.ofSeconds(1).toNanos();
    private static final int MOST_DRAINED = 256 * 1024;
    /// Small, as there may be many at a time: those that are refused for want of memory.
    private static final int DRAINED_AT_ONCE = 512;

    private final Transport transport;
    private final Meter meter;
    private volatile long closeBy;

    Farewell(Transport transport, Meter meter) {
        this.transport = transport;
        this.meter = meter;
    }

    /// Says that nothing more comes, so that a TLS client can tell this end from a cut, and waits for the client. A
    /// pump of a body may still be reading: its input and its deadline are left alone.
    void say() throws IOException {
        closeBy = System.nanoTime() + LAST_WAIT;
        transport.finish();
        byte[] rest = new byte[DRAINED_AT_ONCE];
        int read = 0;
        for (int discarded = 0; read >= 0 && discarded < MOST_DRAINED; discarded += read) {
            read = meter.received(transport.read(rest, 0, rest.length));
        }
    }

    void sweep(long now) {
        if (closeBy != 0 && now - closeBy > 0) {
            transport.close();
        }
    }
}
