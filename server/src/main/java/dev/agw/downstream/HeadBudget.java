package dev.agw.downstream;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.http.Room;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/*
 * A client that begins and does not go on costs what it sent until its time is over, and many of them cost the heap,
 * though each stays within the bounds of one connection.
 */
/// The memory for what clients have begun and not ended, that of all connections together: heads of HTTP/1, frames and
/// header blocks of HTTP/2, greetings and records of TLS. The small buffer that each connection has anyway is not
/// counted.
final class HeadBudget {
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    private final long most;
    private final AtomicLong held = new AtomicLong();

    /// @param most bytes
    HeadBudget(long most) {
        this.most = most;
    }

    /// What a client is told for whose request there is none left (503).
    static Failure.Overloaded usedUp() {
        return new Failure.Overloaded(
                Failure.Lack.HEAD_MEMORY, "the gateway holds as much of unfinished requests as it may", SHORTLY);
    }

    /// Bytes that are held now.
    long held() {
        return held.get();
    }

    /// Takes so many bytes, or gives them back if there are less than none; false if they are not to be had, and then
    /// nothing has changed.
    boolean grows(int more) {
        if (held.addAndGet(more) > most && more > 0) {
            held.addAndGet(-more);
            return false;
        }
        return true;
    }

    /// Gives back what was taken.
    void shrinks(int less) {
        held.addAndGet(-less);
    }

    /// What one connection holds of the budget. Goes back when a head has come to its end, or the connection has; then
    /// it may be used for the next one. For one thread at a time.
    final class Lease implements Room, AutoCloseable {
        private int bytes;

        /// Asks for so many bytes more; false if they are not to be had, and then nothing has changed.
        boolean grows(int more) {
            boolean grown = HeadBudget.this.grows(more);
            bytes += grown ? more : 0;
            return grown;
        }

        /// @throws ExchangeException the budget is used up (503)
        @Override
        public void take(int more) {
            if (!grows(more)) {
                throw new ExchangeException(usedUp());
            }
        }

        @Override
        public void close() {
            shrinks(bytes);
            bytes = 0;
        }
    }
}
