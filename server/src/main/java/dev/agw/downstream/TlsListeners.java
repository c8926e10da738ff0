package dev.agw.downstream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The listeners that share a TLS port, told apart by the name that a client asks for: the exact name first, then the
/// longest wildcard, then the one for all hosts. A client that asks for no name gets the latter, or else the first.
public final class TlsListeners {
    private static final String ANY = "";

    private final Map<String, TlsListener> byName = new HashMap<>();
    private final String protocol;
    private final Duration patience;
    private final TlsListener first;

    /// @param protocol as metrics name it: `https` or `tls`
    /// @param patience longest time for a handshake, from the connection on
    /// @param listeners at least one; of two for the same name the first counts
    public TlsListeners(String protocol, Duration patience, List<TlsListener> listeners) {
        this.protocol = protocol;
        this.patience = patience;
        this.first = listeners.getFirst();
        listeners.forEach(listener -> byName.putIfAbsent(listener.hostname(), listener));
    }

    /// `https` or `tls`.
    public String protocol() {
        return protocol;
    }

    /// Longest time for a handshake, from the connection on.
    Duration patience() {
        return patience;
    }

    /// The listener for a name in lower case; empty text for none.
    Optional<TlsListener> find(String serverName) {
        TlsListener exact = byName.get(serverName);
        if (exact != null) {
            return Optional.of(exact);
        }
        if (serverName.isEmpty()) {
            return Optional.of(first);
        }
        for (int dot = serverName.indexOf('.', 1); dot > 0; dot = serverName.indexOf('.', dot + 1)) {
            TlsListener wildcard = byName.get("*" + serverName.substring(dot));
            if (wildcard != null) {
                return Optional.of(wildcard);
            }
        }
        return Optional.ofNullable(byName.get(ANY));
    }

    /// Stands for the port where no listener was chosen.
    TlsListener first() {
        return first;
    }
}
