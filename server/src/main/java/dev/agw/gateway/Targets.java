package dev.agw.gateway;

import dev.agw.proxy.Target;
import dev.agw.resource.BackendTarget;
import dev.agw.resource.ResourceKey;
import dev.agw.resource.ResourceSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What requests are sent to, each made once, however many routes refer to it.
final class Targets {
    private final LongLived longLived;
    private final Map<Name, ReadyTarget> made = new HashMap<>();
    private final List<ReadyTarget> asked = new ArrayList<>();

    /// @param port of a Service; 0 for a Backend
    private record Name(ResourceKey key, int port) {}

    Targets(LongLived longLived) {
        this.longLived = longLived;
    }

    /// The target; empty if requests cannot be sent to it.
    Optional<Target> target(BackendTarget referred, ResourceSet resources) {
        return switch (referred) {
            case BackendTarget.ToBackend(var backend) ->
                made(new Name(backend.key(), 0), () -> compiler(resources).backend(backend));
            case BackendTarget.ToService(var service, int port) ->
                made(new Name(service.key(), port), () -> compiler(resources).service(service, port));
            case BackendTarget.Unusable unusable -> Optional.empty();
        };
    }

    private TargetCompiler compiler(ResourceSet resources) {
        return new TargetCompiler(resources, longLived);
    }

    private Optional<Target> made(Name name, Supplier<ReadyTarget> compile) {
        ReadyTarget ready = made.computeIfAbsent(name, any -> compile.get());
        asked.add(ready);
        return ready.target();
    }

    /// What has been asked for since the last call of this.
    List<ReadyTarget> asked() {
        List<ReadyTarget> since = asked.stream().distinct().toList();
        asked.clear();
        return since;
    }

    /// Forgets all but these.
    void retain(Set<ReadyTarget> referred) {
        made.values().removeIf(one -> !referred.contains(one));
    }
}
