package dev.agw.upstream;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// The order in which the addresses of an origin are connected to: each in turn, those that failed a moment ago
/// last.
final class Addresses {
    private static final long AVOIDED = TimeUnit.SECONDS.toNanos(5);

    private final LongSupplier clock;
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<InetAddress, Long> failedAt = new ConcurrentHashMap<>();

    Addresses(LongSupplier clock) {
        this.clock = clock;
    }

    /// Whether `host` is an IP address and not a name.
    static boolean literal(String host) {
        if (host.indexOf(':') >= 0) {
            return true;
        }
        char last = host.isEmpty() ? ' ' : host.charAt(host.length() - 1);
        return last >= '0' && last <= '9' && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    List<InetAddress> ordered(List<InetAddress> found) {
        if (found.size() < 2) {
            return found;
        }
        int first = Math.floorMod(turn.getAndIncrement(), found.size());
        List<InetAddress> ordered = new ArrayList<>(found.size());
        List<InetAddress> avoided = new ArrayList<>(0);
        for (int i = 0; i < found.size(); i++) {
            InetAddress address = found.get((first + i) % found.size());
            (avoided(address) ? avoided : ordered).add(address);
        }
        ordered.addAll(avoided);
        return ordered;
    }

    void failed(InetAddress address) {
        failedAt.put(address, clock.getAsLong());
    }

    void connected(InetAddress address) {
        if (!failedAt.isEmpty()) {
            failedAt.remove(address);
        }
    }

    /// Forgets failures that no longer count.
    void sweep(long now) {
        failedAt.values().removeIf(at -> now - at >= AVOIDED);
    }

    private boolean avoided(InetAddress address) {
        Long at = failedAt.get(address);
        return at != null && clock.getAsLong() - at < AVOIDED;
    }
}
