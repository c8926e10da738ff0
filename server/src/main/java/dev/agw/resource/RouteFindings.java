package dev.agw.resource;

import dev.agw.schema.Problems;
import java.util.IdentityHashMap;
import java.util.List;

/// What is wrong with the references of routes, worked out once per route for as long as all that routes can
/// refer to stays the same. For one thread.
final class RouteFindings {
    private final IdentityHashMap<HttpRoute, List<Finding>> found = new IdentityHashMap<>();
    private ResourceSet known = ResourceSet.of(List.of());

    void report(ResourceSet set, Sources sources, Problems problems) {
        Difference<HttpRoute> change = set.routesSince(known).orElseGet(() -> all(set));
        change.gone().forEach(found::remove);
        RouteReferences references = new RouteReferences(set, sources);
        change.come().forEach(route -> note(route, references.findings(route)));
        found.forEach((route, findings) -> findings.forEach(finding -> sources.warn(route, finding, problems)));
        known = sources.whole() ? set : ResourceSet.of(List.of());
    }

    private void note(HttpRoute route, List<Finding> findings) {
        if (!findings.isEmpty()) {
            found.put(route, findings);
        }
    }

    private Difference<HttpRoute> all(ResourceSet set) {
        found.clear();
        return new Difference<>(List.of(), set.all(HttpRoute.class));
    }
}
