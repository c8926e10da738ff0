package dev.agw.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A change of a table by the hosts that it concerns.
///
/// @param wildcard by the hostnames without `*.` in front
/// @param any for routes without hostnames
record HostChanges<R>(Map<String, Change<R>> exact, Map<String, Change<R>> wildcard, Change<R> any) {
    static <R> HostChanges<R> of(List<CompiledRoute<R>> gone, List<CompiledRoute<R>> come) {
        HostChanges<R> changes = new HostChanges<>(new HashMap<>(), new HashMap<>(), new Change<>());
        gone.forEach(
                route -> changes.hostsOf(route).forEach(change -> change.gone().addAll(route.candidates())));
        come.forEach(
                route -> changes.hostsOf(route).forEach(change -> change.come().addAll(route.candidates())));
        return changes;
    }

    private List<Change<R>> hostsOf(CompiledRoute<R> route) {
        return route.hostnames().isEmpty()
                ? List.of(any)
                : route.hostnames().stream().map(this::host).toList();
    }

    private Change<R> host(String hostname) {
        return hostname.startsWith("*.")
                ? wildcard.computeIfAbsent(hostname.substring(2), host -> new Change<>())
                : exact.computeIfAbsent(hostname, host -> new Change<>());
    }

    static <R> Map<String, PathIndex<R>> applied(Map<String, PathIndex<R>> hosts, Map<String, Change<R>> changes) {
        return Change.applied(
                hosts,
                changes,
                (before, change) -> Optional.of(before.orElse(PathIndex.empty()).after(change))
                        .filter(index -> !index.isEmpty()));
    }
}
