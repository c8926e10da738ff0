package dev.agw.upstream;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Tunnel;
import dev.agw.http.Body;
import dev.agw.http.Room;
import dev.agw.telemetry.Chore;
import dev.agw.telemetry.Housekeeping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// Speaks HTTP/1.1 and HTTP/2 to backends. One for the whole process: its pools outlive reloads.
///
/// Calls block, on virtual threads as well as on others, and never time their reads: deadlines are announced to
/// the exchange's [Lifeline], and whoever sweeps lifelines enforces them.
public final class UpstreamClient implements AutoCloseable {
    private final DnsCache dns;
    private final UpstreamObserver observer;
    private final LongSupplier clock;
    private final Housekeeping housekeeping;
    private final Map<Origin, ConnectionPool> pools = new ConcurrentHashMap<>();
    private final Map<Origin, Http2Pool> http2Pools = new ConcurrentHashMap<>();
    private final Tunnels tunnels;

    /// @param clock in the manner of `System::nanoTime`
    public UpstreamClient(DnsCache dns, UpstreamObserver observer, LongSupplier clock, Housekeeping housekeeping) {
        this.dns = dns;
        this.observer = observer;
        this.clock = clock;
        this.housekeeping = housekeeping;
        this.tunnels = new Tunnels(this::newPool, housekeeping);
    }

    /// Sends a request and waits for the head of the answer. The caller closes the response.
    ///
    /// A request that went out on a pooled connection and met silence there (it had been closed at the same
    /// moment) is sent once more on a new one, if its body is in memory and a second time does no harm: its
    /// method is idempotent, it has an `Idempotency-Key`, or the connection ended within a second.
    ///
    /// @throws ExchangeException the backend could not be reached, took too long or did not answer in HTTP; or
    ///     the body of the request can't be read
    /// @throws dev.agw.exchange.ClientGoneException the client left
    public UpstreamResponse call(Origin origin, UpstreamRequest request, Lifeline lifeline) {
        UpstreamRequest ready = gathered(request);
        if (ready.upgrade().isEmpty() && origin.mayUseHttp2()) {
            Optional<UpstreamResponse> response = http2(origin).call(ready, lifeline);
            if (response.isPresent()) {
                return response.get();
            }
        }
        return http1(origin, ready, lifeline);
    }

    private UpstreamResponse http1(Origin origin, UpstreamRequest ready, Lifeline lifeline) {
        ConnectionPool pool = pool(origin);
        try {
            return new Call(origin, ready, pool.lease(lifeline), clock).response();
        } catch (StaleConnectionException stale) {
            observer.resent();
            return again(origin, ready, pool.renewed(lifeline));
        }
    }

    /// A new connection for bytes that are not HTTP.
    ///
    /// @param idleNanos most time that the backend may take nothing
    /// @throws ExchangeException the backend could not be reached, or has no connection to spare
    public Tunnel open(Origin origin, Lifeline lifeline, long idleNanos) {
        return tunnels.open(origin, lifeline, idleNanos);
    }

    /// Ends connections that are too old, forgets pools and names that nobody uses. To be called about once a
    /// second.
    public void sweep(long now) {
        housekeeping.attempt(Chore.DNS, () -> dns.sweep(now));
        tunnels.sweep(now);
        pools.forEach((origin, pool) -> housekeeping.attempt(Chore.POOLS, () -> sweep(origin, pool, now)));
        http2Pools.forEach((origin, pool) -> housekeeping.attempt(Chore.POOLS, () -> sweep(origin, pool, now)));
    }

    private void sweep(Origin origin, ConnectionPool pool, long now) {
        pool.sweep(now);
        if (pool.forgotten(now) && pools.remove(origin, pool)) {
            pool.retire();
        }
    }

    private void sweep(Origin origin, Http2Pool pool, long now) {
        pool.sweep(now);
        if (pool.forgotten(now) && http2Pools.remove(origin, pool)) {
            pool.retire();
        }
    }

    /// How full the pools are.
    public List<PoolState> pools() {
        return Stream.of(
                        pools.entrySet().stream().map(entry -> state(entry.getKey(), "http1", entry.getValue())),
                        http2Pools.values().stream().map(Http2Pool::state),
                        tunnels.states())
                .flatMap(states -> states)
                .toList();
    }

    /// How full a pool is. An origin has one for each protocol that is spoken to it, each with the bounds of the
    /// origin.
    ///
    /// @param protocol `http1`, `http2`, or `tunnel` for the connections of TLSRoutes
    /// @param open connections, busy and idle
    /// @param idle connections that nobody uses
    /// @param pending requests that wait for a connection
    public record PoolState(String authority, String transport, String protocol, int open, int idle, int pending) {}

    /// Ends all idle connections; busy ones end with their calls.
    @Override
    public void close() {
        pools.values().forEach(ConnectionPool::retire);
        pools.clear();
        http2Pools.values().forEach(Http2Pool::retire);
        http2Pools.clear();
    }

    private Http2Pool http2(Origin origin) {
        Http2Pool pool = http2Pools.get(origin);
        return pool != null ? pool : http2Pools.computeIfAbsent(origin, this::newHttp2Pool);
    }

    private ConnectionPool pool(Origin origin) {
        ConnectionPool pool = pools.get(origin);
        return pool != null ? pool : pools.computeIfAbsent(origin, this::newPool);
    }

    private ConnectionPool newPool(Origin origin) {
        return new ConnectionPool(connector(origin), origin.connections(), clock.getAsLong());
    }

    private Http2Pool newHttp2Pool(Origin origin) {
        return new Http2Pool(origin, connector(origin), observer, clock, housekeeping);
    }

    private Connector connector(Origin origin) {
        return new Connector(origin, dns, observer, clock);
    }

    private UpstreamResponse again(Origin origin, UpstreamRequest request, Lease lease) {
        try {
            return new Call(origin, request, lease, clock).response();
        } catch (StaleConnectionException impossible) { // the connection is new
            throw new ExchangeException(
                    Failure.UpstreamFailure.broken(origin.authority() + " broke the connection off"));
        }
    }

    /// A small body is taken in before anything is sent: one write then, and it can be sent again.
    private static UpstreamRequest gathered(UpstreamRequest request) {
        return request.payload() instanceof Payload.Streamed(Body body)
                ? request.withPayload(Payload.gathered(body, Room.UNBOUNDED))
                : request;
    }

    static PoolState state(Origin origin, String protocol, ConnectionPool pool) {
        return new PoolState(
                origin.authority(), origin.transport(), protocol, pool.open(), pool.idle(), pool.pending());
    }
}
