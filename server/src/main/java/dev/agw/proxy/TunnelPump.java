package dev.agw.proxy;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Outcome;
import dev.agw.exchange.Tunnel;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Carries bytes both ways between two upgraded connections until one of them ends, or takes nothing for too long.
final class TunnelPump {
    private static final int ROOM = 8 * 1024;

    private final Side client;
    private final Side backend;
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();

    /// One of the two connections.
    ///
    /// @param ended how the exchange ended if this connection did so first
    /// @param broken the same if it could not be written to
    private record Side(Tunnel tunnel, Outcome ended, Outcome broken) {}

    TunnelPump(Tunnel client, Tunnel backend) {
        this.client = new Side(client, Outcome.CLIENT_GONE, Outcome.CLIENT_GONE);
        this.backend = new Side(backend, Outcome.COMPLETED, Outcome.UPSTREAM_ABORT);
    }

    /// Returns when both directions are at their end.
    void run(Exchange exchange) {
        Lifeline lifeline = exchange.lifeline();
        long worked = System.nanoTime() - lifeline.waited();
        Thread up = Thread.startVirtualThread(() -> copy(client, backend));
        long received = copy(backend, client);
        try {
            up.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // none of this was the gateway's own time
        lifeline.alsoWaited(System.nanoTime() - lifeline.waited() - worked);
        exchange.received(received);
        exchange.outcome(outcome(lifeline));
    }

    private Outcome outcome(Lifeline lifeline) {
        Outcome first = outcome.get();
        Lifeline.Cut cut = lifeline.cut();
        if (cut != null) {
            return ErrorResponder.outcome(cut);
        }
        return first == null ? Outcome.COMPLETED : first;
    }

    private long copy(Side from, Side to) {
        byte[] buffer = new byte[ROOM];
        long copied = 0;
        for (int read = read(from, buffer); read > 0 && write(to, buffer, read); read = read(from, buffer)) {
            copied += read;
        }
        client.tunnel().close();
        backend.tunnel().close();
        return copied;
    }

    /// Bytes read; 0 or less when there will be no more.
    private int read(Side from, byte[] buffer) {
        int read = -1;
        try {
            read = from.tunnel().read(buffer, 0, ROOM);
        } catch (IOException gone) {
            // an end like any other
        }
        if (read <= 0) {
            outcome.compareAndSet(null, from.ended());
        }
        return read;
    }

    private boolean write(Side to, byte[] buffer, int length) {
        try {
            to.tunnel().write(buffer, 0, length);
            return true;
        } catch (IOException gone) {
            outcome.compareAndSet(null, to.broken());
            return false;
        }
    }
}
