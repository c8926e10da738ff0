package dev.agw.downstream;

import dev.agw.net.TlsTransport;
import java.util.concurrent.atomic.AtomicInteger;

/// Memory for what one TLS connection has received and nobody has read, after its greeting. That there is none is
/// counted by whoever ends something for it. Safe from any thread.
final class RecordMemory implements TlsTransport.Memory, AutoCloseable {
    /// Whoever still reads a connection that is over gets nothing.
    private static final int CLOSED = -1;

    private final HeadBudget budget;
    private final AtomicInteger held = new AtomicInteger();

    RecordMemory(HeadBudget budget) {
        this.budget = budget;
    }

    @Override
    public boolean holds(int bytes) {
        for (int before = held.get(); before != CLOSED; before = held.get()) {
            if (!budget.grows(bytes - before)) {
                return false;
            }
            if (held.compareAndSet(before, bytes)) {
                return true;
            }
            budget.shrinks(bytes - before);
        }
        return false;
    }

    @Override
    public void close() {
        int bytes = held.getAndSet(CLOSED);
        if (bytes != CLOSED) {
            budget.shrinks(bytes);
        }
    }
}
