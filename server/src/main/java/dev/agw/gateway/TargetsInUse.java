package dev.agw.gateway;

import dev.agw.balance.EndpointId;
import dev.agw.proxy.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The targets that routes refer to. For one thread.
final class TargetsInUse {
    private final Map<ReadyTarget, Integer> references = new LinkedHashMap<>();
    private Map<String, Target> byName = Map.of();
    private Set<EndpointId> endpoints = Set.of();
    private boolean changed;

    void add(List<ReadyTarget> targets) {
        for (ReadyTarget target : targets) {
            changed |= references.merge(target, 1, Integer::sum) == 1;
        }
    }

    void remove(List<ReadyTarget> targets) {
        for (ReadyTarget target : targets) {
            changed |= references.computeIfPresent(target, (same, count) -> count == 1 ? null : count - 1) == null;
        }
    }

    Set<ReadyTarget> all() {
        return references.keySet();
    }

    /// Those that requests can be sent to; the very same map for as long as these are the same.
    Map<String, Target> byName() {
        refresh();
        return byName;
    }

    /// All endpoints of them.
    Set<EndpointId> endpoints() {
        refresh();
        return endpoints;
    }

    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        references.keySet().forEach(target -> warnings.addAll(target.warnings()));
        return warnings;
    }

    private void refresh() {
        if (changed) {
            Map<String, Target> names = new LinkedHashMap<>();
            Set<EndpointId> ids = new HashSet<>();
            for (ReadyTarget ready : references.keySet()) {
                ready.target().ifPresent(target -> names.put(target.name(), target));
                ids.addAll(ready.endpoints());
            }
            byName = Collections.unmodifiableMap(names);
            endpoints = Collections.unmodifiableSet(ids);
            changed = false;
        }
    }
}
