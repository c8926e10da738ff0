package dev.agw.proxy;

import dev.agw.exchange.ListenerRef;
import dev.agw.route.RouteTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The listeners that share a port, told apart by host: the exact name first, then the longest wildcard, then the one
/// without a name (Gateway API: "Listener" matching).
@SuppressWarnings("ReferenceEquality") // listeners of one snapshot are told apart by identity
public final class PortListeners {
    private static final String ANY = "";

    private final Map<String, Snapshot.Listener> byHost;
    private final Snapshot.Listener fallback;
    private final boolean named;

    /// @param byHost by hostname as configured, in lower case; the one for all hosts under the empty name
    /// @param first stands in metrics for requests that no listener takes
    public PortListeners(Map<String, Snapshot.Listener> byHost, Snapshot.Listener first) {
        this.byHost = new HashMap<>(byHost);
        this.fallback = byHost.getOrDefault(ANY, withoutRoutes(first));
        this.named = byHost.size() > 1 || !byHost.containsKey(ANY);
    }

    static Snapshot.Listener closed(int port) {
        return new Snapshot.Listener(
                new ListenerRef(port + "/unknown/unknown", "unknown", "unknown"), port, RouteTable.of(List.of()));
    }

    private static Snapshot.Listener withoutRoutes(Snapshot.Listener listener) {
        return new Snapshot.Listener(listener.ref(), listener.port(), RouteTable.of(List.of()));
    }

    Snapshot.Listener find(String host) {
        return named ? byName(host) : fallback;
    }

    /// Whether a host belongs to another listener than the one that shook hands; to none is no offence.
    ///
    /// @param securedFor hostname of that listener, as configured
    boolean misdirected(String host, String securedFor) {
        Snapshot.Listener meant = find(host);
        boolean taken = meant != fallback || byHost.containsKey(ANY);
        return taken && meant != find(securedFor);
    }

    private Snapshot.Listener byName(String host) {
        Snapshot.Listener exact = byHost.get(host);
        if (exact != null) {
            return exact;
        }
        for (int dot = host.indexOf('.', 1); dot > 0; dot = host.indexOf('.', dot + 1)) {
            Snapshot.Listener wildcard = byHost.get("*" + host.substring(dot));
            if (wildcard != null) {
                return wildcard;
            }
        }
        return fallback;
    }
}
