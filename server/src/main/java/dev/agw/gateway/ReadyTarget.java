package dev.agw.gateway;

import dev.agw.balance.EndpointId;
import dev.agw.proxy.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What became of a Backend or of a port of a Service. Two are equal only if they are the very same.
final class ReadyTarget {
    private final Optional<Target> target;
    private final Set<EndpointId> endpoints;
    private final List<String> warnings;

    ReadyTarget(Optional<Target> target, Set<EndpointId> endpoints, List<String> warnings) {
        this.target = target;
        this.endpoints = Set.copyOf(endpoints);
        this.warnings = List.copyOf(warnings);
    }

    /// Empty if requests cannot be sent to it.
    Optional<Target> target() {
        return target;
    }

    Set<EndpointId> endpoints() {
        return endpoints;
    }

    /// What could be read and is not, or not fully, obeyed.
    List<String> warnings() {
        return warnings;
    }
}
