package dev.agw.gateway;

import dev.agw.downstream.TlsListeners;
import dev.agw.proxy.CarriedRoute;
import dev.agw.telemetry.CertificateExpiry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The ports that speak TLS.
///
/// @param listeners by the port that their Gateways name
/// @param routes of the listeners whose bytes are handed on
/// @param certificates of all of them
record SecurePorts(
        Map<Integer, TlsListeners> listeners,
        Map<CarriedCompiler.Place, CarriedRoutes> routes,
        List<CertificateExpiry> certificates) {
    static final SecurePorts NONE = new SecurePorts(Map.of(), Map.of(), List.of());

    SecurePorts {
        listeners = Map.copyOf(listeners);
        routes = Map.copyOf(routes);
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
        Map<CarriedCompiler.Place, CarriedRoutes> ways = new HashMap<>(next.routes);
        ways.putAll(routes);
        return new SecurePorts(both, ways, certificates);
    }

    /// Where a connection is handed on to.
    ///
    /// @param hostname of its listener
    Optional<CarriedRoute> route(int port, String hostname, String serverName) {
        return Optional.ofNullable(routes.get(new CarriedCompiler.Place(port, hostname)))
                .flatMap(there -> there.find(serverName));
    }
}
