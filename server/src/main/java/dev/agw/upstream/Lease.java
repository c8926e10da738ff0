package dev.agw.upstream;

import dev.agw.exchange.Lifeline;
import java.util.concurrent.atomic.AtomicBoolean;

/// A connection for the time of one call.
///
/// Its end comes once, from the call or from a cut in another thread, whichever is first. So a cut that comes
/// late never closes a connection that serves somebody else by then.
final class Lease implements Runnable {
    private final ConnectionPool pool;
    private final Connection connection;
    private final Lifeline lifeline;
    private final boolean reused;
    private final AtomicBoolean over = new AtomicBoolean();

    Lease(ConnectionPool pool, Connection connection, Lifeline lifeline) {
        this.pool = pool;
        this.connection = connection;
        this.lifeline = lifeline;
        this.reused = connection.requests() > 0;
        lifeline.onCut(this);
    }

    Connection connection() {
        return connection;
    }

    Lifeline lifeline() {
        return lifeline;
    }

    /// Whether the connection served an earlier request.
    boolean reused() {
        return reused;
    }

    /// Gives the connection back for others to use.
    void release() {
        if (over.compareAndSet(false, true)) {
            lifeline.onCut(null);
            pool.release(connection);
        }
    }

    /// Ends the connection.
    void discard() {
        if (over.compareAndSet(false, true)) {
            lifeline.onCut(null);
            pool.end(connection);
        }
    }

    /// Ends the connection from any thread; what blocks on it throws.
    @Override
    public void run() {
        if (over.compareAndSet(false, true)) {
            pool.end(connection);
        }
    }
}
