package dev.agw.downstream;

import dev.agw.telemetry.Limit;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// Counts open connections, of all and of each client, and says which limit turns a new one away.
final class ConnectionGate {
    private static final int NETWORK_BYTES = 8;

    private final int most;
    private final int mostPerClient;
    private final BooleanSupplier memoryIsShort;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<Client, Integer> byClient = new ConcurrentHashMap<>();

    ConnectionGate(ConnectionLimits limits, BooleanSupplier memoryIsShort) {
        this.most = limits.connections();
        this.mostPerClient = limits.suspicion().perClient();
        this.memoryIsShort = memoryIsShort;
    }

    /// One client: whoever has an IPv6 address has 2⁶⁴ of them, so those of a network count as one.
    private record Client(int high, int low) {
        static Client of(InetAddress address) {
            byte[] bytes = address.getAddress();
            byte[] network = address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes;
            return new Client(number(network, 0), network.length == NETWORK_BYTES ? number(network, 4) : 0);
        }

        private static int number(byte[] bytes, int at) {
            return ByteBuffer.wrap(bytes).getInt(at);
        }
    }

    /// Lets a connection in, which must [#leave] once; or says what it is turned away for.
    Optional<Limit> enter() {
        if (memoryIsShort.getAsBoolean()) {
            return Optional.of(Limit.HEAP);
        }
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            return Optional.of(Limit.CONNECTIONS);
        }
        return Optional.empty();
    }

    void leave() {
        open.decrementAndGet();
    }

    /// Counts a connection for its client, which must [#leaveAs] once; false if the client has too many.
    boolean enterAs(InetAddress client) {
        boolean admitted = byClient.merge(Client.of(client), 1, Integer::sum) <= mostPerClient;
        if (!admitted) {
            leaveAs(client);
        }
        return admitted;
    }

    void leaveAs(InetAddress client) {
        byClient.computeIfPresent(Client.of(client), (same, count) -> count > 1 ? count - 1 : null);
    }

    /// Open connections.
    int open() {
        return open.get();
    }
}
