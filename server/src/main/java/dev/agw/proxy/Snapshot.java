package dev.agw.proxy;

import dev.agw.exchange.ListenerRef;
import dev.agw.exchange.Request;
import dev.agw.route.RouteTable;
import java.util.Map;

/// Everything that decides where requests go, as of one configuration. Immutable; replaced whole.
///
/// @param ports the listeners by the port that their Gateway names
public record Snapshot(Map<Integer, PortListeners> ports) {
    /// No listeners at all.
    public static final Snapshot EMPTY = new Snapshot(Map.of());

    public Snapshot {
        ports = Map.copyOf(ports);
    }

    /// One listener and its routes.
    ///
    /// @param port as its Gateway names it
    public record Listener(ListenerRef ref, int port, RouteTable<RoutedRule> routes) {}

    /// The listener of a port that a host belongs to.
    Listener listener(int port, String host) {
        PortListeners listeners = ports.get(port);
        return listeners == null ? PortListeners.closed(port) : listeners.find(host);
    }

    /// Whether a request came by a TLS connection that was made for another listener than its host belongs to.
    boolean misdirected(int port, Request request) {
        PortListeners listeners = ports.get(port);
        return listeners != null
                && request.securedFor()
                        .map(secured -> listeners.misdirected(request.host(), secured))
                        .orElse(false);
    }
}
