package dev.agw.gateway;

import dev.agw.downstream.Listeners;
import dev.agw.downstream.Meter;
import dev.agw.downstream.Port;
import dev.agw.downstream.RequestHandler;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.ListenerRef;
import dev.agw.exchange.Reply;
import dev.agw.exchange.Request;
import dev.agw.proxy.ProxyHandler;
import dev.agw.telemetry.ConnectionMetrics;
import dev.agw.telemetry.Flood;
import dev.agw.telemetry.GatewayMetrics;
import dev.agw.telemetry.Limit;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps the open ports in step with the configuration. Used by one thread at a time.
final class Ports {
    private final Listeners listeners;
    private final GatewayMetrics metrics;
    private final Map<Integer, Port> open = new LinkedHashMap<>();
    private @Nullable ProxyHandler handler;

    Ports(Listeners listeners, GatewayMetrics metrics) {
        this.listeners = listeners;
        this.metrics = metrics;
    }

    void serve(ProxyHandler proxy) {
        handler = proxy;
    }

    /// Opens the ports that are not open yet: all of them, or none. One that stays open may have got another listener,
    /// whose series begin at 0, too.
    ///
    /// @throws StartException one is taken
    void open(Map<Integer, ListenerRef> wanted) {
        Map<Integer, Port> opened = new LinkedHashMap<>();
        wanted.forEach((number, ref) -> {
            if (open.containsKey(number)) {
                metrics.prime(ref);
            } else {
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
        open.putAll(opened);
    }

    private Port open(int number, ListenerRef ref) throws IOException {
        ProxyHandler proxy = java.util.Objects.requireNonNull(handler, "serve comes first");
        metrics.prime(ref);
        ConnectionMetrics connections = metrics.connections(ref, "http");
        return listeners.open(
                new InetSocketAddress(number), new Entry(proxy, number), new Counting(connections, metrics));
    }

    /// Closes the ports that nothing listens on any more.
    void closeAllBut(Set<Integer> wanted) {
        Map<Integer, Port> unwanted = new LinkedHashMap<>(open);
        unwanted.keySet().removeAll(wanted);
        unwanted.values().forEach(listeners::close);
        open.keySet().removeAll(unwanted.keySet());
    }

    List<Listening> listening() {
        return open.values().stream()
                .map(port -> new Listening("http", "0.0.0.0:" + port.number(), port.number()))
                .toList();
    }

    /// Brings requests of a port to the request path, under the number that its Gateway gives the port.
    private record Entry(ProxyHandler proxy, int port) implements RequestHandler {
        @Override
        public void handle(Request request, Reply reply, Lifeline lifeline) {
            proxy.handle(port, request, reply, lifeline);
        }

        @Override
        public void refuse(int status, String message, Reply reply) {
            proxy.refuse(port, status, message, reply);
        }
    }

    private record Counting(ConnectionMetrics connections, GatewayMetrics metrics) implements Meter {
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
        public void refused() {
            metrics.refused(Limit.CONNECTIONS);
        }

        @Override
        public void acceptFailed() {
            metrics.acceptFailed();
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
