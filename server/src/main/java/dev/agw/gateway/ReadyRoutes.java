package dev.agw.gateway;

import dev.agw.resource.Difference;
import dev.agw.resource.HttpRoute;
import dev.agw.resource.ResourceSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The routes of one set after the other, ready to serve. What they can refer to is the very same in all of these
/// sets, so each route is made ready once. For one thread.
final class ReadyRoutes {
    private final Targets targets;
    private final Duration idle;
    private final TargetsInUse inUse = new TargetsInUse();
    private final IdentityHashMap<HttpRoute, ReadyRoute> ready = new IdentityHashMap<>();
    private final IdentityHashMap<HttpRoute, List<String>> warnings = new IdentityHashMap<>();
    private List<String> carriedWarnings = List.of();

    ReadyRoutes(LongLived longLived) {
        this.targets = new Targets(longLived);
        this.idle = longLived.settings().upstream().streamIdleTimeout();
    }

    /// What connections that are handed on are sent to; the very same in all of these sets.
    Map<CarriedCompiler.Place, CarriedRoutes> carried(ResourceSet set) {
        CarriedCompiler compiler = new CarriedCompiler(set, targets, idle);
        Map<CarriedCompiler.Place, CarriedRoutes> routes = compiler.compile();
        inUse.add(targets.asked());
        carriedWarnings = compiler.warnings();
        return routes;
    }

    /// Goes on to the next set. Targets that no route refers to any more are forgotten: when one does again,
    /// their endpoints begin anew.
    ///
    /// @param change what leads to it
    Difference<ReadyRoute> next(ResourceSet set, Difference<HttpRoute> change) {
        Routes routes = new Routes(set, targets);
        List<ReadyRoute> come = change.come().stream().map(routes::ready).toList();
        for (int i = 0; i < come.size(); i++) {
            add(change.come().get(i), come.get(i));
        }
        List<ReadyRoute> gone =
                change.gone().stream().flatMap(route -> remove(route).stream()).toList();
        targets.retain(inUse.all());
        return new Difference<>(gone, come);
    }

    private void add(HttpRoute route, ReadyRoute made) {
        ready.put(route, made);
        inUse.add(made.targets());
        if (!made.warnings().isEmpty()) {
            warnings.put(route, made.warnings());
        }
    }

    private Optional<ReadyRoute> remove(HttpRoute route) {
        warnings.remove(route);
        Optional<ReadyRoute> made = Optional.ofNullable(ready.remove(route));
        made.ifPresent(gone -> inUse.remove(gone.targets()));
        return made;
    }

    TargetsInUse targets() {
        return inUse;
    }

    /// What could be read and is not, or not fully, obeyed, in the order of the routes.
    List<String> warnings(ResourceSet set) {
        List<String> all = new ArrayList<>(carriedWarnings);
        if (!warnings.isEmpty()) {
            set.all(HttpRoute.class).forEach(route -> all.addAll(warnings.getOrDefault(route, List.of())));
        }
        return all;
    }
}
