package dev.agw.gateway;

import dev.agw.exchange.ListenerRef;
import dev.agw.proxy.PortListeners;
import dev.agw.proxy.RoutedRule;
import dev.agw.proxy.Snapshot;
import dev.agw.proxy.Target;
import dev.agw.resource.Attachment;
import dev.agw.resource.EnterpriseAgentgatewayParameters;
import dev.agw.resource.Gateway;
import dev.agw.resource.GatewayParameters;
import dev.agw.resource.HttpRoute;
import dev.agw.resource.Parameters;
import dev.agw.resource.ResourceSet;
import dev.agw.route.CompiledRoute;
import dev.agw.route.RouteCompiler;
import dev.agw.route.RouteTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Turns resources into a snapshot. Knows both sides, so that neither has to know the other.
final class Compiler {
    private final ResourceSet resources;
    private final TargetCompiler targets;
    private final SecureCompiler secure;
    private final CarriedCompiler carried;
    private final Map<Integer, ListenerRef> refs = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    private Compiler(ResourceSet resources, TargetCompiler targets, LongLived longLived) {
        this.resources = resources;
        this.targets = targets;
        this.secure =
                new SecureCompiler(resources, longLived.settings().limits().handshakeTimeout());
        Duration idle = longLived.settings().upstream().streamIdleTimeout();
        this.carried = new CarriedCompiler(resources, targets, idle, warnings);
    }

    static Compiled compile(ResourceSet resources, LongLived longLived) {
        return new Compiler(resources, new TargetCompiler(resources, longLived), longLived).compile();
    }

    private Compiled compile() {
        Map<Attachment, List<CompiledRoute<RoutedRule>>> attached = new HashMap<>();
        RouteCompiler<Target> routes = new RouteCompiler<>(new ResourceReferences(resources, targets));
        Policies policies = new Policies(resources);
        for (HttpRoute route : resources.all(HttpRoute.class)) {
            warnOfMirrors(route);
            List<Attachment> attachments = resources.attachments(route);
            CompiledRoute<RoutedRule> compiled = routes.compile(route).map(rule -> policies.applied(route, rule));
            attachments.forEach(place ->
                    attached.computeIfAbsent(place, any -> new ArrayList<>()).add(compiled));
        }
        Map<CarriedCompiler.Place, CarriedRoutes> handedOn = carried.compile();
        routes.problems().forEach(problem -> warnings.add(problem.toString()));
        Map<Integer, Map<String, Snapshot.Listener>> hosts = new LinkedHashMap<>();
        for (Gateway gateway : resources.gateways()) {
            for (Gateway.Listener listener : gateway.spec().listeners()) {
                add(hosts, gateway, listener, attached.getOrDefault(new Attachment(gateway, listener), List.of()));
            }
        }
        warnings.addAll(targets.warnings());
        return compiled(hosts, secure.ports(handedOn));
    }

    private void warnOfMirrors(HttpRoute route) {
        route.spec().rules().stream()
                .flatMap(rule -> Stream.concat(
                        rule.filters().stream(), rule.backendRefs().stream().flatMap(ref -> ref.filters().stream())))
                .flatMap(filter -> filter.requestMirror().stream())
                .map(mirror ->
                        resources.target(mirror.backendRef(), route.metadata().namespace()))
                .flatMap(referred -> targets.target(referred).stream())
                .filter(Target.Ai.class::isInstance)
                .forEach(target -> warnings.add(route.key()
                        + ": mirrors to AI backends are accepted, not yet in effect; nothing is copied to "
                        + target.name()));
    }

    private void add(
            Map<Integer, Map<String, Snapshot.Listener>> hosts,
            Gateway gateway,
            Gateway.Listener listener,
            List<CompiledRoute<RoutedRule>> routes) {
        String name = "Gateway " + gateway.metadata().qualifiedName() + ": listener \"" + listener.name() + "\"";
        if (listener.protocol() == Gateway.Protocol.TCP) {
            warnings.add(name + ": protocol " + listener.protocol() + " is accepted, not yet in effect; port "
                    + listener.port() + " is not opened");
            return;
        }
        String hostname = listener.hostname().orElse("").toLowerCase(Locale.ROOT);
        ListenerRef ref = new ListenerRef(
                listener.port() + "/" + gateway.metadata().qualifiedName(),
                gateway.metadata().qualifiedName(),
                listener.name());
        refs.putIfAbsent(listener.port(), ref);
        secure.add(gateway, listener, ref);
        if (!listener.http()) {
            return;
        }
        Snapshot.Listener compiled = new Snapshot.Listener(ref, listener.port(), RouteTable.of(hostname, routes));
        Snapshot.Listener other = hosts.computeIfAbsent(listener.port(), any -> new LinkedHashMap<>())
                .putIfAbsent(hostname, compiled);
        if (other != null) {
            warnings.add(name + ": port " + listener.port() + " already serves "
                    + (hostname.isEmpty() ? "all hosts" : hostname) + " for "
                    + other.ref().gateway()
                    + "; this listener is left out");
        }
    }

    private Compiled compiled(Map<Integer, Map<String, Snapshot.Listener>> hosts, SecurePorts security) {
        Map<Integer, PortListeners> ports = new HashMap<>();
        hosts.forEach((port, byHost) -> ports.put(
                port, new PortListeners(byHost, byHost.values().iterator().next())));
        return new Compiled(
                new Snapshot(ports),
                refs,
                security,
                targets.byName(),
                targets.endpoints(),
                shutdown(),
                List.copyOf(warnings));
    }

    private Optional<Parameters.Shutdown> shutdown() {
        return parameters(resources).flatMap(spec -> spec.shutdown().stream()).reduce((first, last) -> last);
    }

    /// All parameters of a set, whichever of the two kinds they are.
    static Stream<Parameters> parameters(ResourceSet resources) {
        return Stream.concat(
                resources.all(GatewayParameters.class).stream().map(GatewayParameters::spec),
                resources.all(EnterpriseAgentgatewayParameters.class).stream()
                        .map(EnterpriseAgentgatewayParameters::spec));
    }
}
