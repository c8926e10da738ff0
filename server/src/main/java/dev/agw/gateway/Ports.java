package dev.agw.gateway;

import dev.agw.downstream.Listeners;
import dev.agw.downstream.Meter;
import dev.agw.downstream.Port;
import dev.agw.downstream.RequestHandler;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.ListenerRef;
import dev.agw.exchange.Reply;
import dev.agw.exchange.Request;
import dev.agw.exchange.Tunnel;
import dev.agw.proxy.CarriedRoute;
import dev.agw.proxy.ProxyHandler;
import dev.agw.telemetry.CarryFailure;
import dev.agw.telemetry.ConnectionMetrics;
import dev.agw.telemetry.Flood;
import dev.agw.telemetry.GatewayMetrics;
import dev.agw.telemetry.HandshakeFailure;
import dev.agw.telemetry.Limit;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps the open ports in step with the configuration. Used by one thread at a time.
final class Ports {
    private final Listeners listeners;
    private final GatewayMetrics metrics;
    private final Map<Integer, Port> open = new LinkedHashMap<>();
    private volatile SecurePorts security = SecurePorts.NONE;
    private @Nullable ProxyHandler handler;

    Ports(Listeners listeners, GatewayMetrics metrics) {
        this.listeners = listeners;
        this.metrics = metrics;
    }

    void serve(ProxyHandler proxy) {
        handler = proxy;
    }

    /// Opens the ports that are not open yet. They shake hands as `secure` says; those that are open go on as they did
    /// until [#secure].
    ///
    /// @throws StartException one is taken
    void open(Map<Integer, ListenerRef> wanted, SecurePorts secure) {
        SecurePorts before = security;
        security = before.and(secure);
        try {
            open(wanted);
        } catch (RuntimeException e) {
            security = before;
            throw e;
        }
    }

    /// Opens the ports that are not open yet: all of them, or none. One that stays open may have got another listener:
    /// its next connections are counted by that one.
    ///
    /// @throws StartException one is taken
    private void open(Map<Integer, ListenerRef> wanted) {
        Map<Integer, Port> opened = new LinkedHashMap<>();
        wanted.forEach((number, ref) -> {
            if (!open.containsKey(number)) {
                try {
                    opened.put(number, open(number, ref));
                } catch (IOException e) {
                    opened.values().forEach(listeners::close);
                    throw new StartException("port " + number + " for listener \"" + ref.listener() + "\" of Gateway "
                            + ref.gateway() + " cannot be opened: " + e.getMessage()
                            + "; stop what uses it, or give the listener another port");
                }
            }
        });
        open.forEach((number, port) -> {
            ListenerRef ref = wanted.get(number);
            if (ref != null) {
                port.meter(meter(number, ref));
            }
        });
        open.putAll(opened);
    }

    private Port open(int number, ListenerRef ref) throws IOException {
        ProxyHandler proxy = java.util.Objects.requireNonNull(handler, "serve comes first");
        return listeners.open(
                new InetSocketAddress(number),
                new Entry(proxy, number, this),
                meter(number, ref),
                () -> security.of(number));
    }

    /// Counts for a listener, whose series begin at 0.
    private Meter meter(int number, ListenerRef ref) {
        metrics.prime(ref);
        String protocol = security.protocol(number);
        return new Counting(metrics.connections(ref, protocol), protocol, metrics);
    }

    /// From now on handshakes follow these certificates; open connections go on.
    void secure(SecurePorts inForce) {
        security = inForce;
    }

    /// Closes the ports that nothing listens on any more.
    void closeAllBut(Set<Integer> wanted) {
        Map<Integer, Port> unwanted = new LinkedHashMap<>(open);
        unwanted.keySet().removeAll(wanted);
        unwanted.values().forEach(listeners::close);
        open.keySet().removeAll(unwanted.keySet());
    }

    List<Listening> listening() {
        return open.entrySet().stream()
                .map(entry -> listening(
                        security.protocol(entry.getKey()), entry.getValue().number()))
                .toList();
    }

    private static Listening listening(String protocol, int number) {
        return new Listening(protocol, "0.0.0.0:" + number, number);
    }

    /// Brings requests of a port to the request path, under the number that its Gateway gives the port.
    private record Entry(ProxyHandler proxy, int port, Ports ports) implements RequestHandler {
        @Override
        public void handle(Request request, Reply reply, Lifeline lifeline) {
            proxy.handle(port, request, reply, lifeline);
        }

        @Override
        public void refuse(Failure failure, Reply reply) {
            proxy.refuse(port, failure, reply);
        }

        @Override
        public Optional<CarryFailure> carry(String hostname, String serverName, Tunnel client, Lifeline lifeline) {
            Optional<CarriedRoute> route = ports.security.route(port, hostname, serverName);
            if (route.isEmpty()) {
                client.close();
                return Optional.of(CarryFailure.NO_ROUTE);
            }
            boolean carried = proxy.carry(route.get(), client, lifeline);
            return carried ? Optional.empty() : Optional.of(CarryFailure.NO_BACKEND);
        }
    }

    /// Counts for the listener that stands for a port; handshakes for the one that a client asked for.
    private record Counting(ConnectionMetrics connections, String protocol, GatewayMetrics metrics) implements Meter {
        @Override
        public void opened() {
            connections.opened();
            metrics.taskStarted();
        }

        @Override
        public void closed() {
            connections.closed();
            metrics.taskEnded();
        }

        @Override
        public void refused(Limit limit) {
            metrics.refused(limit);
        }

        @Override
        public void handshake(ListenerRef listener, long nanos) {
            metrics.connections(listener, protocol).handshake(nanos);
        }

        @Override
        public void handshakeFailed(ListenerRef listener, HandshakeFailure cause) {
            metrics.handshakeFailed(listener, cause);
        }

        @Override
        public void notCarried(ListenerRef listener, CarryFailure cause) {
            metrics.notCarried(listener, cause);
        }

        @Override
        public void acceptFailed() {
            metrics.acceptFailed();
        }

        @Override
        public void introductionRefused() {
            metrics.proxyHeaderRefused();
        }

        @Override
        public void flooded(Flood kind) {
            metrics.flooded(kind);
        }

        @Override
        public void streamStarted() {
            metrics.taskStarted();
        }

        @Override
        public void streamEnded() {
            metrics.taskEnded();
        }

        @Override
        public int received(int bytes) {
            if (bytes > 0) {
                connections.received(bytes);
            }
            return bytes;
        }

        @Override
        public void sent(int bytes) {
            connections.sent(bytes);
        }
    }
}
