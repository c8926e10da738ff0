package dev.agw.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The kinds of manifests there are.
public final class Kinds {
    private static final String GATEWAY_API = "gateway.networking.k8s.io";
    private static final String KGATEWAY = "gateway.kgateway.dev";

    private static final List<Kind> ALL = List.of(
            new Kind("Gateway", GATEWAY_API, List.of("v1", "v1beta1"), Gateway.class),
            new Kind("GatewayClass", GATEWAY_API, List.of("v1", "v1beta1"), GatewayClass.class),
            new Kind("HTTPRoute", GATEWAY_API, List.of("v1", "v1beta1"), HttpRoute.class),
            new Kind("TLSRoute", GATEWAY_API, List.of("v1alpha2", "v1alpha3", "v1"), TlsRoute.class),
            new Kind("ReferenceGrant", GATEWAY_API, List.of("v1beta1", "v1"), ReferenceGrant.class),
            new Kind("Backend", KGATEWAY, List.of("v1alpha1"), Backend.class),
            new Kind("BackendConfigPolicy", KGATEWAY, List.of("v1alpha1"), BackendConfigPolicy.class),
            new Kind("DirectResponse", KGATEWAY, List.of("v1alpha1"), DirectResponse.class),
            new Kind("GatewayParameters", KGATEWAY, List.of("v1alpha1"), GatewayParameters.class),
            new Kind("TrafficPolicy", KGATEWAY, List.of("v1alpha1"), TrafficPolicy.class),
            new Kind(
                    "EnterpriseAgentgatewayParameters",
                    "enterpriseagentgateway.solo.io",
                    List.of("v1alpha1"),
                    EnterpriseAgentgatewayParameters.class),
            new Kind("ConfigMap", "", List.of("v1"), ConfigMap.class),
            new Kind("Secret", "", List.of("v1"), Secret.class),
            new Kind("Service", "", List.of("v1"), Service.class),
            new Kind("EndpointSlice", "discovery.k8s.io", List.of("v1"), EndpointSlice.class));

    private static final Map<String, Kind> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Kind::name, Function.identity()));
    private static final Map<Class<?>, Kind> BY_TYPE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Kind::type, Function.identity()));

    /// Groups whose kinds are for others: they often stand in the same files.
    private static final Set<String> FOREIGN_GROUPS = Set.of(
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "apiregistration.k8s.io",
            "apps",
            "autoscaling",
            "batch",
            "cert-manager.io",
            "certificates.k8s.io",
            "coordination.k8s.io",
            "kustomize.config.k8s.io",
            "monitoring.coreos.com",
            "networking.k8s.io",
            "policy",
            "rbac.authorization.k8s.io",
            "scheduling.k8s.io",
            "storage.k8s.io");

    private static final Set<String> FOREIGN_CORE_KINDS = Set.of(
            "Endpoints",
            "Event",
            "LimitRange",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "Pod",
            "PodTemplate",
            "ReplicationController",
            "ResourceQuota",
            "ServiceAccount");

    private static final Set<String> UNSERVED =
            Set.of("BackendTLSPolicy", "GRPCRoute", "ListenerSet", "TCPRoute", "UDPRoute");

    private Kinds() {}

    /// A kind that agw reads.
    ///
    /// @param group API group; empty for the core kinds
    /// @param versions versions that are read; the first is the proper one
    public record Kind(String name, String group, List<String> versions, Class<? extends Record> type) {
        /// The proper `apiVersion`.
        public String apiVersion() {
            return group.isEmpty() ? versions.get(0) : group + "/" + versions.get(0);
        }

        boolean reads(String apiVersion) {
            return versions.stream()
                    .anyMatch(version -> apiVersion.equals(group.isEmpty() ? version : group + "/" + version));
        }
    }

    /// All kinds that agw reads.
    public static List<Kind> all() {
        return ALL;
    }

    /// The record of each kind by its name, in the order of names.
    public static Map<String, Class<? extends Record>> types() {
        Map<String, Class<? extends Record>> types = new TreeMap<>();
        ALL.forEach(kind -> types.put(kind.name(), kind.type()));
        return types;
    }

    static Optional<Kind> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Kind of(Class<?> type) {
        return Optional.ofNullable(BY_TYPE.get(type)).orElseThrow();
    }

    /// True for a kind that is of no concern to agw.
    static boolean foreign(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? apiVersion.equals("v1") && FOREIGN_CORE_KINDS.contains(kind)
                : FOREIGN_GROUPS.contains(apiVersion.substring(0, slash));
    }

    /// True for a kind of the Gateway API that agw does not serve: somebody may wait for its effect.
    static boolean unserved(String apiVersion, String kind) {
        return apiVersion.startsWith(GATEWAY_API + "/") && UNSERVED.contains(kind);
    }
}
