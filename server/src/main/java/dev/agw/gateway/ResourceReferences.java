package dev.agw.gateway;

import dev.agw.http.Headers;
import dev.agw.policy.DirectResponse;
import dev.agw.proxy.Target;
import dev.agw.resource.HttpRoute.BackendRef;
import dev.agw.resource.HttpRoute.ExtensionRef;
import dev.agw.resource.ResourceSet;
import dev.agw.resource.TrafficPolicy;
import dev.agw.route.References;
import java.util.Optional;

/// Answers what routes refer to.
final class ResourceReferences implements References<Target> {
    private final ResourceSet resources;
    private final Targets targets;

    ResourceReferences(ResourceSet resources, Targets targets) {
        this.resources = resources;
        this.targets = targets;
    }

    @Override
    public Optional<Target> backend(String namespace, BackendRef ref) {
        return targets.target(resources.target(ref, namespace), resources);
    }

    /// A filter that cannot be applied must not be skipped: what it names and is not there answers 500.
    @Override
    public Optional<DirectResponse> directResponse(String namespace, ExtensionRef ref) {
        if (ref.kind().equals("TrafficPolicy")
                && resources.find(TrafficPolicy.class, namespace, ref.name()).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(resources
                .find(dev.agw.resource.DirectResponse.class, namespace, ref.name())
                .filter(found -> ref.kind().equals("DirectResponse"))
                .map(ResourceReferences::answer)
                .orElseGet(() -> new DirectResponse(
                        500, new Headers(), ref.kind() + " " + namespace + "/" + ref.name() + " does not exist\n")));
    }

    private static DirectResponse answer(dev.agw.resource.DirectResponse resource) {
        Headers headers = new Headers();
        resource.spec().headers().forEach(headers::add);
        return new DirectResponse(
                resource.spec().status(), headers, resource.spec().body().orElse(""));
    }
}
