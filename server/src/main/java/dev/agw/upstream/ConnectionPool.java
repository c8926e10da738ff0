package dev.agw.upstream;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Lifeline.Cut;
import dev.agw.upstream.WaitingRoom.Grant;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/*
 * Whatever is free (an idle connection, or room to open one) is got in one place, `free()`. Whoever gives
 * something back offers it to the waiters afterwards; whoever starts to wait looks once more after having
 * joined the queue. One of the two always sees the other.
 *
 * The clock of ages is the sweep's, so a request asks for no time.
 */
/// The connections to one origin.
final class ConnectionPool {
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    private final Connector connector;
    private final ConnectionSettings.Pool bounds;
    private final long pendingNanos;
    private final IdleConnections idle;
    private final WaitingRoom waiting;
    private final AtomicInteger open = new AtomicInteger();
    private volatile long now;
    private volatile long usedAt;
    private volatile boolean retired;

    ConnectionPool(Connector connector, ConnectionSettings settings, long now) {
        this.connector = connector;
        this.bounds = settings.pool();
        this.pendingNanos = settings.timeouts().connect().toNanos();
        this.idle = new IdleConnections(bounds.maxIdle());
        this.waiting = new WaitingRoom(bounds.maxPending());
        this.now = now;
        this.usedAt = now;
    }

    /// A connection for one call: an idle one, else a new one, else the first that is given back.
    Lease lease(Lifeline lifeline) {
        usedAt = now;
        Grant grant = waiting.isEmpty() ? free() : null;
        if (grant == null) {
            grant = await(lifeline);
        }
        Connection idleOne = grant.connection();
        return idleOne == null ? opened(lifeline) : new Lease(this, idleOne, lifeline);
    }

    /// A new connection in place of one that turned out to be dead, and was ended.
    Lease renewed(Lifeline lifeline) {
        while (!mayOpen()) {
            Grant grant = await(lifeline);
            Connection idleOne = grant.connection();
            if (idleOne == null) {
                break;
            }
            idleOne.close();
            open.decrementAndGet();
        }
        return opened(lifeline);
    }

    /// Takes a connection back that can serve again.
    void release(Connection connection) {
        connection.rest();
        if (retired || worn(connection) || !idle.push(connection, now)) {
            end(connection);
            return;
        }
        serveWaiters();
    }

    /// Ends a connection.
    void end(Connection connection) {
        try {
            connection.close();
        } finally {
            closed();
        }
    }

    /// Ends connections that have been idle or alive for too long.
    void sweep(long nanoTime) {
        now = nanoTime;
        long idleNanos = bounds.idleTimeout().toNanos();
        idle.reap(since -> nanoTime - since >= idleNanos, this::end);
        connector.sweep(nanoTime);
    }

    /// Whether nobody has used it for longer than it keeps connections, so that it may go.
    boolean forgotten(long nanoTime) {
        return open.get() == 0
                && waiting.isEmpty()
                && nanoTime - usedAt >= bounds.idleTimeout().toNanos();
    }

    /// Ends idle connections now, and busy ones when they are given back.
    void retire() {
        retired = true;
        idle.reap(since -> true, this::end);
    }

    /// Connections there are, busy and idle.
    int open() {
        return open.get();
    }

    int idle() {
        return idle.size();
    }

    int pending() {
        return waiting.size();
    }

    private Lease opened(Lifeline lifeline) {
        boolean connected = false;
        try {
            Connection connection = connector.connect(lifeline);
            connected = true;
            return new Lease(this, connection, lifeline);
        } finally {
            if (!connected) {
                closed();
            }
        }
    }

    private @Nullable Grant free() {
        for (Connection top = idle.pop(); top != null; top = idle.pop()) {
            if (top.fresh()) {
                return new Grant(top);
            }
            end(top);
        }
        return mayOpen() ? Grant.OPEN : null;
    }

    /// Never counts higher than allowed, not even for a moment: a waiter that looked then would go away empty-handed.
    private boolean mayOpen() {
        int count = open.get();
        while (count < bounds.maxConnections()) {
            if (open.compareAndSet(count, count + 1)) {
                return true;
            }
            count = open.get();
        }
        return false;
    }

    private Grant await(Lifeline lifeline) {
        Grant grant = waiting.await(lifeline, pendingNanos, this::free, this::takeBack);
        if (grant != null) {
            return grant;
        }
        throw new ExchangeException(nothingGiven(lifeline));
    }

    private Failure nothingGiven(Lifeline lifeline) {
        Cut cut = lifeline.cut();
        if (cut == null) {
            return new Failure.Overloaded(
                    "too many requests wait for a connection to " + connector.authority(), SHORTLY);
        }
        return cut == Cut.CONNECT_TIMEOUT
                ? Failures.noTurn(lifeline, connector.authority())
                : Failures.cut(cut, connector.authority());
    }

    private void takeBack(Grant grant) {
        putBack(grant);
        serveWaiters();
    }

    private void putBack(Grant grant) {
        Connection connection = grant.connection();
        if (connection == null) {
            open.decrementAndGet();
        } else if (!idle.push(connection, now)) {
            connection.close();
            open.decrementAndGet();
        }
    }

    private void closed() {
        open.decrementAndGet();
        serveWaiters();
    }

    private void serveWaiters() {
        while (!waiting.isEmpty()) {
            Grant grant = free();
            if (grant == null) {
                return;
            }
            if (!waiting.give(grant)) {
                putBack(grant);
            }
        }
    }

    private boolean worn(Connection connection) {
        return (bounds.maxRequests() > 0 && connection.requests() >= bounds.maxRequests())
                || now - connection.openedAt() >= bounds.maxLifetime().toNanos();
    }
}
