package dev.agw.gateway;

import dev.agw.proxy.RoutedRule;
import dev.agw.proxy.Target;
import dev.agw.resource.Attachment;
import dev.agw.resource.Gateway;
import dev.agw.resource.HttpRoute;
import dev.agw.resource.ResourceSet;
import dev.agw.route.CompiledRoute;
import dev.agw.route.RouteCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Makes HTTPRoutes of one set ready to serve.
final class Routes {
    private final ResourceSet resources;
    private final Targets targets;
    private final Policies policies;

    /// @param targets for the routes alone
    Routes(ResourceSet resources, Targets targets) {
        this.resources = resources;
        this.targets = targets;
        this.policies = new Policies(resources);
    }

    ReadyRoute ready(HttpRoute route) {
        List<String> warnings = new ArrayList<>(mirrorsToModels(route));
        RouteCompiler<Target> compiler = new RouteCompiler<>(new ResourceReferences(resources, targets));
        CompiledRoute<RoutedRule> compiled = compiler.compile(route).map(rule -> policies.applied(route, rule));
        compiler.problems().forEach(problem -> warnings.add(problem.toString()));
        List<Gateway.Listener> listeners =
                resources.attachments(route).stream().map(Attachment::listener).toList();
        return new ReadyRoute(compiled, listeners, targets.asked(), List.copyOf(warnings));
    }

    private List<String> mirrorsToModels(HttpRoute route) {
        return route.spec().rules().stream()
                .flatMap(rule -> Stream.concat(
                        rule.filters().stream(), rule.backendRefs().stream().flatMap(ref -> ref.filters().stream())))
                .flatMap(filter -> filter.requestMirror().stream())
                .map(mirror ->
                        resources.target(mirror.backendRef(), route.metadata().namespace()))
                .flatMap(referred -> targets.target(referred, resources).stream())
                .filter(Target.Ai.class::isInstance)
                .map(target -> route.key()
                        + ": mirrors to AI backends are accepted, not yet in effect; nothing is copied to "
                        + target.name())
                .toList();
    }
}
