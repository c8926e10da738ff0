package dev.agw.gateway;

import dev.agw.exchange.ListenerRef;
import dev.agw.proxy.PortListeners;
import dev.agw.proxy.Snapshot;
import dev.agw.resource.Gateway;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Turns Gateways into ports and the listeners that share them. For one set.
final class ListenerCompiler {
    private final Map<Integer, Map<String, Snapshot.Listener>> hosts = new LinkedHashMap<>();
    private final Map<Integer, ListenerRef> refs = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    private final Tables tables;

    ListenerCompiler(Tables tables) {
        this.tables = tables;
    }

    void add(Gateway gateway) {
        gateway.spec().listeners().forEach(listener -> add(gateway, listener));
    }

    private void add(Gateway gateway, Gateway.Listener listener) {
        String name = "Gateway " + gateway.metadata().qualifiedName() + ": listener \"" + listener.name() + "\"";
        if (listener.protocol() == Gateway.Protocol.TCP) {
            warnings.add(name + ": protocol " + listener.protocol() + " is accepted, not yet in effect; port "
                    + listener.port() + " is not opened");
            return;
        }
        ListenerRef ref = ref(gateway, listener);
        refs.putIfAbsent(listener.port(), ref);
        if (!listener.http()) {
            return;
        }
        String hostname = listener.hostname().orElse("").toLowerCase(Locale.ROOT);
        Snapshot.Listener compiled = new Snapshot.Listener(ref, listener.port(), tables.of(listener));
        Snapshot.Listener other = hosts.computeIfAbsent(listener.port(), any -> new LinkedHashMap<>())
                .putIfAbsent(hostname, compiled);
        if (other != null) {
            warnings.add(name + ": port " + listener.port() + " already serves "
                    + (hostname.isEmpty() ? "all hosts" : hostname) + " for "
                    + other.ref().gateway()
                    + "; this listener is left out");
        }
    }

    static ListenerRef ref(Gateway gateway, Gateway.Listener listener) {
        String name = gateway.metadata().qualifiedName();
        return new ListenerRef(listener.port() + "/" + name, name, listener.name());
    }

    List<String> warnings() {
        return warnings;
    }

    Snapshot snapshot() {
        Map<Integer, PortListeners> ports = new HashMap<>();
        hosts.forEach((port, byHost) -> ports.put(
                port, new PortListeners(byHost, byHost.values().iterator().next())));
        return new Snapshot(ports);
    }

    /// Each port with the listener that stands for it.
    Map<Integer, ListenerRef> ports() {
        return refs;
    }
}
