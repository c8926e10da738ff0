package dev.agw.resource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All resources that hold together. Immutable; every look-up takes the same time however many there are.
public final class ResourceSet {
    /// Port of the listener that there is where no Gateway is.
    public static final int DEFAULT_PORT = 8080;

    private static final Gateway DEFAULT_GATEWAY = new Gateway(
            new Metadata("agw", "default", Map.of(), Map.of()),
            new Gateway.Spec(
                    Optional.empty(),
                    List.of(new Gateway.Listener(
                            "http",
                            DEFAULT_PORT,
                            Gateway.Protocol.HTTP,
                            Optional.empty(),
                            Optional.empty(),
                            Gateway.AllowedRoutes.ANY)),
                    List.of(),
                    Optional.empty()));

    private final Map<ResourceKey, Resource> byKey;
    private final List<Resource> all;
    private final Map<Class<?>, List<Resource>> byType = new HashMap<>();
    private final List<Resource> surroundings = new ArrayList<>();
    private final List<Gateway> gateways;
    private final Map<ResourceKey, List<EndpointSlice>> slices = new HashMap<>();
    private final Map<ResourceKey, List<TrafficPolicy>> trafficPolicies = new HashMap<>();
    private final Map<ResourceKey, List<BackendConfigPolicy>> backendPolicies = new HashMap<>();
    private final Grants grants;

    private ResourceSet(Map<ResourceKey, Resource> byKey) {
        this.byKey = byKey;
        this.all = List.copyOf(byKey.values());
        List<Resource> routes = new ArrayList<>(all.size());
        for (Resource resource : all) {
            if (resource instanceof HttpRoute) {
                routes.add(resource);
            } else {
                surroundings.add(resource);
            }
        }
        surroundings.forEach(resource -> byType.computeIfAbsent(resource.getClass(), any -> new ArrayList<>())
                .add(resource));
        byType.put(HttpRoute.class, routes);
        byType.replaceAll((type, some) -> Collections.unmodifiableList(some));
        this.gateways = all(Gateway.class).isEmpty() ? List.of(DEFAULT_GATEWAY) : all(Gateway.class);
        all(EndpointSlice.class).forEach(this::index);
        all(TrafficPolicy.class).forEach(policy -> index(policy.spec().targetRefs(), policy, trafficPolicies));
        all(BackendConfigPolicy.class).forEach(policy -> index(policy.spec().targetRefs(), policy, backendPolicies));
        slices.replaceAll((service, some) -> List.copyOf(some));
        trafficPolicies.replaceAll((target, some) -> List.copyOf(some));
        backendPolicies.replaceAll((target, some) -> List.copyOf(some));
        this.grants = new Grants(all(ReferenceGrant.class));
    }

    private void index(EndpointSlice slice) {
        Metadata metadata = slice.metadata();
        Optional.ofNullable(metadata.labels().get(EndpointSlice.SERVICE_NAME))
                .map(name -> new ResourceKey("Service", metadata.namespace(), name))
                .ifPresent(service -> slices.computeIfAbsent(service, any -> new ArrayList<>())
                        .add(slice));
    }

    /// A policy that names a target twice is there once.
    private static <P extends Resource> void index(List<TargetRef> refs, P policy, Map<ResourceKey, List<P>> policies) {
        refs.stream()
                .map(ref -> new ResourceKey(ref.kind(), policy.metadata().namespace(), ref.name()))
                .distinct()
                .forEach(target -> policies.computeIfAbsent(target, any -> new ArrayList<>())
                        .add(policy));
    }

    /// A set of these; of two with the same key the last.
    public static ResourceSet of(Collection<? extends Resource> resources) {
        Map<ResourceKey, Resource> byKey = new LinkedHashMap<>();
        resources.forEach(resource -> byKey.put(resource.key(), resource));
        return new ResourceSet(byKey);
    }

    /// A set of these.
    ///
    /// @param resources each by its key, in order; not to be changed any more
    static ResourceSet keyed(Map<ResourceKey, Resource> resources) {
        return new ResourceSet(resources);
    }

    /// All of one kind, in the order they were read.
    @SuppressWarnings("unchecked") // a list by type holds that type alone
    public <T extends Resource> List<T> all(Class<T> type) {
        return (List<T>) byType.getOrDefault(type, List.of());
    }

    /// All of them, in the order they were read.
    public List<Resource> all() {
        return all;
    }

    /// How many there are.
    public int size() {
        return all.size();
    }

    /// Which HTTPRoutes have changed since another set.
    ///
    /// @return empty if anything else has changed, too: routes that are the same may then mean something else
    public Optional<Difference<HttpRoute>> routesSince(ResourceSet before) {
        return same(before.surroundings, surroundings)
                ? Optional.of(Difference.between(before.all(HttpRoute.class), all(HttpRoute.class)))
                : Optional.empty();
    }

    /// In the same order: of several policies the first one counts.
    @SuppressWarnings("ReferenceEquality") // what was not read again is the very same; comparing all texts costs
    private static boolean same(List<Resource> some, List<Resource> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = some.get(i) == others.get(i);
        }
        return same;
    }

    /// The one of that kind and name.
    public <T extends Resource> Optional<T> find(Class<T> type, String namespace, String name) {
        return find(new ResourceKey(Kinds.of(type).name(), namespace, name)).map(type::cast);
    }

    /// The one with that key.
    public Optional<Resource> find(ResourceKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /// The Gateways; where there is none, `default/agw` with one listener `http` on port 8080, open to all routes.
    public List<Gateway> gateways() {
        return gateways;
    }

    /// The listeners that a route is attached to: those its parentRefs name and that allow it. A route without
    /// parentRefs attaches to every HTTP and HTTPS listener that does not rule its namespace out.
    public List<Attachment> attachments(HttpRoute route) {
        return attachments(
                "HTTPRoute", route.spec().parentRefs(), route.metadata().namespace());
    }

    /// The same for a route of TLS connections and the listeners of protocol TLS.
    public List<Attachment> attachments(TlsRoute route) {
        return attachments(
                "TLSRoute", route.spec().parentRefs(), route.metadata().namespace());
    }

    private List<Attachment> attachments(String kind, List<HttpRoute.ParentRef> parents, String namespace) {
        if (parents.isEmpty()) {
            return gateways().stream()
                    .flatMap(gateway -> Attachments.unasked(kind, gateway, namespace).stream())
                    .toList();
        }
        return parents.stream()
                .flatMap(ref -> attachments(kind, ref, namespace).stream())
                .distinct()
                .toList();
    }

    /// The listeners that one parentRef of a route in `namespace` attaches it to.
    List<Attachment> attachments(String kind, HttpRoute.ParentRef ref, String namespace) {
        return gateway(ref, namespace)
                .map(gateway -> Attachments.asked(kind, gateway, ref, namespace))
                .orElse(List.of());
    }

    /// The Gateway that a parentRef of a route in `namespace` names; the default Gateway can be named, too.
    Optional<Gateway> gateway(HttpRoute.ParentRef ref, String namespace) {
        return ref.kind().orElse("Gateway").equals("Gateway")
                ? gateway(ref.namespace().orElse(namespace), ref.name())
                : Optional.empty();
    }

    /// The Gateway of that name, the default one included.
    Optional<Gateway> gateway(String namespace, String name) {
        Optional<Gateway> found = find(Gateway.class, namespace, name);
        return found.isPresent() || !DEFAULT_GATEWAY.key().equals(new ResourceKey("Gateway", namespace, name))
                ? found
                : gateways.stream().filter(DEFAULT_GATEWAY::equals).findFirst();
    }

    /// What a backendRef of a route in `fromNamespace` leads to. Without a kind it is
    /// the Backend of that name, else the Service.
    public BackendTarget target(HttpRoute.BackendRef ref, String fromNamespace) {
        return target("HTTPRoute", ref, fromNamespace);
    }

    /// The same for a route of another kind, which ReferenceGrants name.
    public BackendTarget target(String fromKind, HttpRoute.BackendRef ref, String fromNamespace) {
        String namespace = ref.namespace().orElse(fromNamespace);
        Optional<Resource> found = candidates(ref, namespace).stream()
                .map(this::find)
                .flatMap(Optional::stream)
                .findFirst();
        if (found.isEmpty()) {
            return new BackendTarget.Unusable(missing(ref, namespace));
        }
        ResourceKey key = found.get().key();
        if (!grants.allow(fromKind, fromNamespace, key)) {
            return new BackendTarget.Unusable(ungranted(key, fromNamespace));
        }
        return found.get() instanceof Backend backend
                ? new BackendTarget.ToBackend(backend)
                : service((Service) found.get(), ref.port());
    }

    /// What a backendRef may mean, the likeliest first.
    static List<ResourceKey> candidates(HttpRoute.BackendRef ref, String namespace) {
        List<String> kinds = ref.kind().map(List::of).orElse(List.of("Backend", "Service"));
        return kinds.stream()
                .filter(kind -> kind.equals("Backend") || kind.equals("Service"))
                .map(kind -> new ResourceKey(kind, namespace, ref.name()))
                .toList();
    }

    private static BackendTarget service(Service service, Optional<Integer> asked) {
        List<Integer> ports =
                service.spec().ports().stream().map(Service.Port::port).toList();
        Optional<Integer> port = asked.or(() -> ports.size() == 1 ? Optional.of(ports.get(0)) : Optional.empty());
        if (port.isEmpty()) {
            return new BackendTarget.Unusable("no port is named, and " + service.key() + " has not exactly one");
        }
        return ports.isEmpty() || ports.contains(port.get())
                ? new BackendTarget.ToService(service, port.get())
                : new BackendTarget.Unusable(service.key() + " has no port " + port.get());
    }

    private static String missing(HttpRoute.BackendRef ref, String namespace) {
        String kind = ref.kind().orElse("Backend or Service");
        return "no " + kind + " " + namespace + "/" + ref.name() + " in this set";
    }

    private static String ungranted(ResourceKey key, String fromNamespace) {
        return key + " may not be referred to from namespace " + fromNamespace + ": no ReferenceGrant allows it";
    }

    /// The credential that a token stands for; empty where there is none to be had (and for Passthrough).
    ///
    /// @param token of a Backend in `namespace`
    public Optional<SecretValue> credential(AuthToken token, String namespace) {
        return switch (token.kind()) {
            case Inline -> token.inline().map(SecretValue::withoutScheme);
            case SecretRef ->
                token.secretRef().flatMap(ref -> secret(ref, namespace)).flatMap(Secret::credential);
            case Passthrough -> Optional.empty();
        };
    }

    private Optional<Secret> secret(AuthToken.SecretRef ref, String namespace) {
        return find(Secret.class, ref.namespace().orElse(namespace), ref.name())
                .filter(secret -> allows("Backend", namespace, secret.key()));
    }

    /// Whether a resource of that kind and namespace may refer to `target`: in its own namespace always, elsewhere by
    /// grant.
    public boolean allows(String fromKind, String fromNamespace, ResourceKey target) {
        return grants.allow(fromKind, fromNamespace, target);
    }

    /// The slices of a Service.
    public List<EndpointSlice> slices(Service service) {
        return slices.getOrDefault(service.key(), List.of());
    }

    /// The policies whose targetRefs name this resource, in the order they were read.
    public List<TrafficPolicy> trafficPolicies(ResourceKey target) {
        return trafficPolicies.getOrDefault(target, List.of());
    }

    /// The policies whose targetRefs name this backend, in the order they were read.
    public List<BackendConfigPolicy> backendPolicies(ResourceKey target) {
        return backendPolicies.getOrDefault(target, List.of());
    }
}
