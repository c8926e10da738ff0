package dev.agw.gateway;

import dev.agw.balance.Endpoints;
import dev.agw.proxy.CarriedRoute;
import dev.agw.proxy.Target;
import dev.agw.resource.BackendTarget;
import dev.agw.resource.ResourceSet;
import dev.agw.resource.TlsRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Turns TLSRoutes into what connections are handed on to.
final class CarriedCompiler {
    private final ResourceSet resources;
    private final Targets targets;
    private final Duration idle;
    private final List<String> warnings = new ArrayList<>();
    private final Map<Place, CarriedRoutes> routes = new HashMap<>();

    /// A listener.
    ///
    /// @param hostname as configured, in lower case
    record Place(int port, String hostname) {}

    /// @param idle how long both sides of a connection may be silent
    CarriedCompiler(ResourceSet resources, Targets targets, Duration idle) {
        this.resources = resources;
        this.targets = targets;
        this.idle = idle;
    }

    Map<Place, CarriedRoutes> compile() {
        resources.all(TlsRoute.class).forEach(this::add);
        return routes;
    }

    /// What cannot be obeyed.
    List<String> warnings() {
        return warnings;
    }

    private void add(TlsRoute route) {
        CarriedRoute compiled = new CarriedRoute(
                route.metadata().qualifiedName(),
                route.spec().rules().stream()
                        .flatMap(rule -> rule.backendRefs().stream())
                        .map(ref -> share(route, ref))
                        .toList(),
                idle.toNanos());
        resources.attachments(route).forEach(place -> {
            String hostname = place.listener().hostname().orElse("").toLowerCase(Locale.ROOT);
            CarriedRoutes there =
                    routes.computeIfAbsent(new Place(place.listener().port(), hostname), any -> new CarriedRoutes());
            List<String> names = route.spec().hostnames();
            (names.isEmpty() ? List.of("") : names).forEach(name -> there.add(name.toLowerCase(Locale.ROOT), compiled));
        });
    }

    private CarriedRoute.Share share(TlsRoute route, TlsRoute.BackendRef ref) {
        BackendTarget referred =
                resources.target("TLSRoute", ref.plain(), route.metadata().namespace());
        if (referred instanceof BackendTarget.Unusable unusable) {
            warnings.add(route.key() + ": " + unusable.why() + "; its share of the connections is closed");
        }
        Optional<Target> target = targets.target(referred, resources);
        if (target.isPresent() && target.get() instanceof Target.Http http) {
            return new CarriedRoute.Share(ref.weight(), http.endpoints());
        }
        return new CarriedRoute.Share(ref.weight(), new Endpoints<>(ref.name(), List.of(), Optional.empty()));
    }
}
