package dev.agw.gateway;

import dev.agw.downstream.TlsListeners;
import dev.agw.telemetry.CertificateExpiry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The ports that speak TLS.
///
/// @param listeners by the port that their Gateways name
/// @param certificates of all of them
record SecurePorts(Map<Integer, TlsListeners> listeners, List<CertificateExpiry> certificates) {
    static final SecurePorts NONE = new SecurePorts(Map.of(), List.of());

    SecurePorts {
        listeners = Map.copyOf(listeners);
        certificates = List.copyOf(certificates);
    }

    /// Empty for a port that speaks plain text.
    Optional<TlsListeners> of(int port) {
        return Optional.ofNullable(listeners.get(port));
    }

    /// `http`, `https` or `tls`.
    String protocol(int port) {
        return of(port).map(TlsListeners::protocol).orElse("http");
    }

    /// These, and those of `next` whose ports are not here.
    SecurePorts and(SecurePorts next) {
        Map<Integer, TlsListeners> both = new HashMap<>(next.listeners);
        both.putAll(listeners);
        return new SecurePorts(both, certificates);
    }
}
