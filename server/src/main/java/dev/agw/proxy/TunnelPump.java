package dev.agw.proxy;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Outcome;
import dev.agw.exchange.Tunnel;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Carries bytes both ways between two upgraded connections until one of them ends.
final class TunnelPump {
    private static final int ROOM = 8 * 1024;

    private final Tunnel client;
    private final Tunnel backend;
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();

    TunnelPump(Tunnel client, Tunnel backend) {
        this.client = client;
        this.backend = backend;
    }

    /// Returns when both directions are at their end.
    void run(Exchange exchange) {
        Thread up = Thread.startVirtualThread(() -> copy(client, backend, Outcome.CLIENT_GONE));
        long received = copy(backend, client, Outcome.COMPLETED);
        try {
            up.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.received(received);
        exchange.outcome(outcome(exchange));
    }

    private Outcome outcome(Exchange exchange) {
        Outcome first = outcome.get();
        Lifeline.Cut cut = exchange.lifeline().cut();
        if (cut != null) {
            return ErrorResponder.outcome(cut);
        }
        return first == null ? Outcome.COMPLETED : first;
    }

    private long copy(Tunnel from, Tunnel to, Outcome whenEnded) {
        byte[] buffer = new byte[ROOM];
        long copied = 0;
        try {
            for (int read = from.read(buffer, 0, ROOM); read > 0; read = from.read(buffer, 0, ROOM)) {
                to.write(buffer, 0, read);
                copied += read;
            }
        } catch (IOException expected) {
            // one side is gone, which ends the other
        }
        outcome.compareAndSet(null, whenEnded);
        client.close();
        backend.close();
        return copied;
    }
}
