package dev.agw.balance;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/// The health of all endpoints, kept across reloads. One for the whole process.
public final class EndpointRegistry {
    private final LongSupplier clock;
    private final Map<EndpointId, EndpointHealth> known = new ConcurrentHashMap<>();

    /// @param clock in the manner of `System::nanoTime`
    public EndpointRegistry(LongSupplier clock) {
        this.clock = clock;
    }

    /// An endpoint with the health that it has had so far.
    public <T> Endpoint<T> endpoint(EndpointId id, int weight, T payload) {
        return new Endpoint<>(id, weight, payload, known.computeIfAbsent(id, name -> new EndpointHealth(clock)));
    }

    /// Forgets all endpoints but these; to be called when a new snapshot has taken over.
    public void retain(Set<EndpointId> current) {
        known.keySet().retainAll(current);
    }

    /// Shows the health of each endpoint, for gauges and the admin server.
    public void forEach(BiConsumer<EndpointId, EndpointHealth> visitor) {
        known.forEach(visitor);
    }
}
