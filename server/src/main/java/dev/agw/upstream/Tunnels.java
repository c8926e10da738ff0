package dev.agw.upstream;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Tunnel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Connections for bytes that are not HTTP. They are nobody's to use again, but what is learnt of an origin's addresses
/// (whose turn it is, which one failed) is kept from one to the next.
final class Tunnels {
    private final Function<Origin, Connector> connectors;
    private final LongSupplier clock;
    private final Map<Origin, Known> origins = new ConcurrentHashMap<>();

    Tunnels(Function<Origin, Connector> connectors, LongSupplier clock) {
        this.connectors = connectors;
        this.clock = clock;
    }

    /// A new connection.
    ///
    /// @param idleNanos most time that the backend may take nothing
    /// @throws ExchangeException the backend could not be reached
    Tunnel open(Origin origin, Lifeline lifeline, long idleNanos) {
        Known known = origins.computeIfAbsent(origin, any -> new Known(connectors.apply(origin)));
        known.usedAt = clock.getAsLong();
        Connection connection = known.connector.connect(lifeline);
        Waits waits = new Waits(lifeline, idleNanos, Lifeline.Cut.IDLE_TIMEOUT);
        return new UpstreamTunnel(connection, waits, connection::close);
    }

    /// Forgets origins that nobody asks for.
    void sweep(long now) {
        origins.forEach((origin, known) -> {
            known.connector.sweep(now);
            if (now - known.usedAt >= origin.connections().pool().idleTimeout().toNanos()) {
                origins.remove(origin, known);
            }
        });
    }

    private static final class Known {
        private final Connector connector;
        private volatile long usedAt;

        Known(Connector connector) {
            this.connector = connector;
        }
    }
}
