package dev.agw.upstream;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Tunnel;
import dev.agw.telemetry.Chore;
import dev.agw.telemetry.Housekeeping;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Connections for bytes that are not HTTP. They are nobody's to use again, but no more of them are open to an origin
/// than it allows connections (those for HTTP count apart), and what is learnt of its addresses (whose turn it is,
/// which one failed) is kept from one to the next.
final class Tunnels {
    private final Function<Origin, ConnectionPool> made;
    private final Housekeeping housekeeping;
    private final Map<Origin, ConnectionPool> pools = new ConcurrentHashMap<>();

    /// @param made a pool of its own for an origin: what served HTTP must not be used for anything else
    Tunnels(Function<Origin, ConnectionPool> made, Housekeeping housekeeping) {
        this.made = made;
        this.housekeeping = housekeeping;
    }

    /// A new connection; waited for if there are as many as there may be.
    ///
    /// @param idleNanos most time that the backend may take nothing
    /// @throws ExchangeException the backend could not be reached, or has no connection to spare
    Tunnel open(Origin origin, Lifeline lifeline, long idleNanos) {
        Lease lease = pools.computeIfAbsent(origin, made).lease(lifeline);
        Waits waits = new Waits(lifeline, idleNanos, Lifeline.Cut.IDLE_TIMEOUT);
        return new UpstreamTunnel(lease.connection(), waits, lease::discard);
    }

    /// Forgets origins that nobody asks for.
    void sweep(long now) {
        pools.forEach((origin, pool) -> housekeeping.attempt(Chore.POOLS, () -> sweep(origin, pool, now)));
    }

    private void sweep(Origin origin, ConnectionPool pool, long now) {
        pool.sweep(now);
        if (pool.forgotten(now)) {
            pools.remove(origin, pool);
        }
    }

    Stream<UpstreamClient.PoolState> states() {
        return pools.entrySet().stream().map(entry -> UpstreamClient.state(entry.getKey(), "tunnel", entry.getValue()));
    }
}
