package dev.agw.gateway;

import dev.agw.proxy.RoutedRule;
import dev.agw.resource.Difference;
import dev.agw.resource.Gateway;
import dev.agw.route.CompiledRoute;
import dev.agw.route.RouteTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The route tables of listeners, each made of the one before by what has changed of its routes. For one thread.
final class Tables {
    private final IdentityHashMap<Gateway.Listener, RouteTable<RoutedRule>> tables = new IdentityHashMap<>();

    /// Goes on to the next routes.
    void next(Difference<ReadyRoute> change) {
        IdentityHashMap<Gateway.Listener, List<CompiledRoute<RoutedRule>>> gone = byListener(change.gone());
        IdentityHashMap<Gateway.Listener, List<CompiledRoute<RoutedRule>>> come = byListener(change.come());
        Set<Gateway.Listener> changed = Collections.newSetFromMap(new IdentityHashMap<>());
        changed.addAll(gone.keySet());
        changed.addAll(come.keySet());
        changed.forEach(listener -> tables.put(
                listener,
                of(listener).with(gone.getOrDefault(listener, List.of()), come.getOrDefault(listener, List.of()))));
    }

    private static IdentityHashMap<Gateway.Listener, List<CompiledRoute<RoutedRule>>> byListener(
            List<ReadyRoute> routes) {
        IdentityHashMap<Gateway.Listener, List<CompiledRoute<RoutedRule>>> byListener = new IdentityHashMap<>();
        routes.forEach(route -> route.listeners()
                .forEach(listener -> byListener
                        .computeIfAbsent(listener, any -> new ArrayList<>())
                        .add(route.compiled())));
        return byListener;
    }

    /// The table of a listener.
    RouteTable<RoutedRule> of(Gateway.Listener listener) {
        return tables.computeIfAbsent(
                listener, any -> RouteTable.of(listener.hostname().orElse("").toLowerCase(Locale.ROOT), List.of()));
    }
}
