package dev.agw.gateway;

import dev.agw.downstream.TlsListener;
import dev.agw.downstream.TlsListeners;
import dev.agw.resource.Gateway;
import dev.agw.resource.ResourceSet;
import dev.agw.settings.AgwSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Gathers the TLS listeners of each port.
final class SecureCompiler {
    private final ListenerTls tls;
    private final Map<Integer, List<TlsListener>> byPort = new LinkedHashMap<>();
    private final Map<Integer, String> protocols = new LinkedHashMap<>();

    private final Duration patience;

    private SecureCompiler(ResourceSet resources, Duration patience) {
        this.patience = patience;
        this.tls = new ListenerTls(resources);
    }

    /// The listeners of protocol HTTPS or TLS.
    ///
    /// @param routes of the listeners whose bytes are handed on
    static SecurePorts compile(
            ResourceSet resources, AgwSettings settings, Map<CarriedCompiler.Place, CarriedRoutes> routes) {
        SecureCompiler compiler =
                new SecureCompiler(resources, settings.limits().handshakeTimeout());
        for (Gateway gateway : resources.gateways()) {
            gateway.spec().listeners().forEach(listener -> compiler.add(gateway, listener));
        }
        return compiler.ports(routes);
    }

    private void add(Gateway gateway, Gateway.Listener listener) {
        switch (listener.protocol()) {
            case HTTPS, TLS -> {
                TlsListener compiled = tls.listener(gateway, listener, ListenerCompiler.ref(gateway, listener));
                byPort.computeIfAbsent(listener.port(), any -> new ArrayList<>())
                        .add(compiled);
                protocols.put(listener.port(), listener.protocol().name().toLowerCase(Locale.ROOT));
            }
            case HTTP, TCP -> {}
        }
    }

    private SecurePorts ports(Map<CarriedCompiler.Place, CarriedRoutes> routes) {
        Map<Integer, TlsListeners> ports = new LinkedHashMap<>();
        byPort.forEach(
                (port, all) -> ports.put(port, new TlsListeners(protocols.getOrDefault(port, "tls"), patience, all)));
        return new SecurePorts(ports, routes, tls.certificates());
    }
}
