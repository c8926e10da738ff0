package dev.agw.resource;

import dev.agw.schema.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks what HTTPRoutes refer to: gateways, backends, extensions.
final class RouteReferences {
    private static final FieldPath SPEC = FieldPath.TOP.field("spec");
    private static final List<String> EXTENSIONS = List.of("DirectResponse", "TrafficPolicy");

    private final ResourceSet set;
    private final Sources sources;
    private final List<Finding> findings = new ArrayList<>();

    RouteReferences(ResourceSet set, Sources sources) {
        this.set = set;
        this.sources = sources;
    }

    /// What is wrong with the references of a route.
    List<Finding> findings(HttpRoute route) {
        check(route);
        List<Finding> found = List.copyOf(findings);
        findings.clear();
        return found;
    }

    private void check(HttpRoute route) {
        List<HttpRoute.ParentRef> parents = route.spec().parentRefs();
        for (int i = 0; i < parents.size(); i++) {
            parent(route, parents.get(i), SPEC.field("parentRefs").item(i));
        }
        List<HttpRoute.Rule> rules = route.spec().rules();
        for (int i = 0; i < rules.size(); i++) {
            FieldPath path = SPEC.field("rules").item(i);
            filters(route, rules.get(i).filters(), path.field("filters"));
            backends(route, rules.get(i).backendRefs(), path.field("backendRefs"));
        }
    }

    private void parent(HttpRoute route, HttpRoute.ParentRef ref, FieldPath path) {
        String namespace = route.metadata().namespace();
        Optional<Gateway> gateway = set.gateway(ref, namespace);
        ResourceKey key =
                new ResourceKey(ref.kind().orElse("Gateway"), ref.namespace().orElse(namespace), ref.name());
        if (gateway.isEmpty()) {
            if (!sources.unread(key)) {
                warn(path, "no " + key + " in this set", "the route gets no requests from it until it is");
            }
            return;
        }
        boolean named = gateway.get().spec().listeners().stream().anyMatch(one -> Attachments.named(one, ref));
        if (!named) {
            warn(path, key + " has no such listener", "it has " + listeners(gateway.get()));
        } else if (set.attachments("HTTPRoute", ref, namespace).isEmpty()) {
            warn(path, key + " takes no routes from namespace " + namespace, "see allowedRoutes of its listeners");
        }
    }

    private static String listeners(Gateway gateway) {
        return String.join(
                ", ",
                gateway.spec().listeners().stream()
                        .map(listener -> listener.name() + " on " + listener.port())
                        .toList());
    }

    private void backends(HttpRoute route, List<HttpRoute.BackendRef> refs, FieldPath path) {
        for (int i = 0; i < refs.size(); i++) {
            backend(route, refs.get(i), path.item(i));
            filters(route, refs.get(i).filters(), path.item(i).field("filters"));
        }
    }

    private void backend(HttpRoute route, HttpRoute.BackendRef ref, FieldPath path) {
        String namespace = route.metadata().namespace();
        boolean unread = ResourceSet.candidates(ref, ref.namespace().orElse(namespace)).stream()
                .anyMatch(key -> sources.unread(key) && set.find(key).isEmpty());
        if (!unread && set.target(ref, namespace) instanceof BackendTarget.Unusable unusable) {
            warn(path, unusable.why(), "its share of the requests gets 503");
        }
    }

    private void filters(HttpRoute route, List<HttpRoute.Filter> filters, FieldPath path) {
        for (int i = 0; i < filters.size(); i++) {
            FieldPath here = path.item(i);
            filters.get(i).requestMirror().ifPresent(mirror -> {
                FieldPath ref = here.field("requestMirror").field("backendRef");
                backend(route, mirror.backendRef(), ref);
            });
            filters.get(i).extensionRef().ifPresent(ref -> extension(route, ref, here.field("extensionRef")));
        }
    }

    private void extension(HttpRoute route, HttpRoute.ExtensionRef ref, FieldPath path) {
        ResourceKey key = new ResourceKey(ref.kind(), route.metadata().namespace(), ref.name());
        String effect = "requests of the rule get 500";
        if (!EXTENSIONS.contains(ref.kind())) {
            warn(path.field("kind"), "expected one of " + String.join(", ", EXTENSIONS), effect);
        } else if (set.find(key).isEmpty() && !sources.unread(key)) {
            warn(path, "no " + key + " in this set", effect + " until it is");
        }
    }

    private void warn(FieldPath path, String message, String hint) {
        findings.add(new Finding(path, message, hint));
    }
}
