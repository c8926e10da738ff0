package dev.agw.gateway;

import dev.agw.resource.Difference;
import dev.agw.resource.EnterpriseAgentgatewayParameters;
import dev.agw.resource.GatewayParameters;
import dev.agw.resource.HttpRoute;
import dev.agw.resource.Parameters;
import dev.agw.resource.ResourceSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Turns resources into snapshots, one set after the other. Knows both sides, so that neither has to know the
/// other.
///
/// A set that differs from the last one in some routes costs what these cost: the others, and all that they refer
/// to, are taken over as they are. For one thread at a time.
final class Compiler {
    private final LongLived longLived;
    private ReadyRoutes routes;
    private Tables tables = new Tables();
    private SecurePorts secure = SecurePorts.NONE;
    private Optional<ResourceSet> known = Optional.empty();

    Compiler(LongLived longLived) {
        this.longLived = longLived;
        this.routes = new ReadyRoutes(longLived);
    }

    static Compiled compile(ResourceSet resources, LongLived longLived) {
        return new Compiler(longLived).compile(resources);
    }

    Compiled compile(ResourceSet next) {
        Optional<Difference<HttpRoute>> since = known.flatMap(next::routesSince);
        known = Optional.empty(); // whatever goes wrong on the way, the next set begins anew
        Difference<HttpRoute> change = since.orElseGet(() -> anew(next));
        tables.next(routes.next(next, change));
        known = Optional.of(next);
        return compiled(next);
    }

    private Difference<HttpRoute> anew(ResourceSet set) {
        routes = new ReadyRoutes(longLived);
        tables = new Tables();
        secure = SecureCompiler.compile(set, longLived.settings(), routes.carried(set));
        return new Difference<>(List.of(), set.all(HttpRoute.class));
    }

    private Compiled compiled(ResourceSet set) {
        ListenerCompiler listeners = new ListenerCompiler(tables);
        set.gateways().forEach(listeners::add);
        List<String> warnings = new ArrayList<>(routes.warnings(set));
        warnings.addAll(listeners.warnings());
        warnings.addAll(routes.targets().warnings());
        return new Compiled(
                listeners.snapshot(),
                listeners.ports(),
                secure,
                routes.targets().byName(),
                routes.targets().endpoints(),
                shutdown(set),
                List.copyOf(warnings));
    }

    private static Optional<Parameters.Shutdown> shutdown(ResourceSet resources) {
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
