package dev.agw.proxy;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.http.Room;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The memory for request bodies that are read whole, those of all requests together.
final class BodyBudget {
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    private final long most;
    private final AtomicLong held = new AtomicLong();

    /// @param most bytes
    BodyBudget(long most) {
        this.most = most;
    }

    /// Bytes that are held now.
    long held() {
        return held.get();
    }

    /// What one request holds of the budget. Goes back when everybody who kept it has closed it.
    final class Lease implements Room, AutoCloseable {
        private final AtomicInteger keepers = new AtomicInteger(1);
        private long bytes;

        /// @throws ExchangeException the budget is used up (503)
        @Override
        public void take(int more) {
            if (held.addAndGet(more) > most) {
                held.addAndGet(-more);
                throw new ExchangeException(new Failure.Overloaded(
                        Failure.Lack.BODY_MEMORY, "the gateway holds as many request bodies as it may", SHORTLY));
            }
            bytes += more;
        }

        /// Somebody more needs the bodies.
        void keep() {
            keepers.incrementAndGet();
        }

        @Override
        public void close() {
            if (keepers.decrementAndGet() == 0) {
                held.addAndGet(-bytes);
            }
        }
    }
}
