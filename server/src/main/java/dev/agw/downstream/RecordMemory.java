package dev.agw.downstream;

import dev.agw.net.TlsTransport;
import dev.agw.telemetry.Limit;
import java.util.concurrent.atomic.AtomicInteger;

/// Memory for what one TLS connection has received and nobody has read, after its greeting; counts that there was none.
/// Safe from any thread.
final class RecordMemory implements TlsTransport.Memory, AutoCloseable {
    /// Whoever still reads a connection that is over gets nothing.
    private static final int CLOSED = -1;

    private final HeadBudget budget;
    private final Meter meter;
    private final AtomicInteger held = new AtomicInteger();

    RecordMemory(HeadBudget budget, Meter meter) {
        this.budget = budget;
        this.meter = meter;
    }

    @Override
    public boolean holds(int bytes) {
        int before = held.get();
        if (before == CLOSED) {
            return false;
        }
        if (!budget.grows(bytes - before)) {
            meter.refused(Limit.HEAD_MEMORY);
            return false;
        }
        if (!held.compareAndSet(before, bytes)) {
            budget.shrinks(bytes - before);
            return false;
        }
        return true;
    }

    @Override
    public void close() {
        int bytes = held.getAndSet(CLOSED);
        if (bytes != CLOSED) {
            budget.shrinks(bytes);
        }
    }
}
