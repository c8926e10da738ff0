package dev.agw.resource;

/// One manifest.
public sealed interface Resource
        permits Backend,
                BackendConfigPolicy,
                ConfigMap,
                DirectResponse,
                EndpointSlice,
                EnterpriseAgentgatewayParameters,
                Gateway,
                GatewayClass,
                GatewayParameters,
                HttpRoute,
                TlsRoute,
                ReferenceGrant,
                Secret,
                Service,
                TrafficPolicy {
    Metadata metadata();

    /// The name of the kind, as manifests spell it.
    default String kind() {
        return Kinds.of(getClass()).name();
    }

    default ResourceKey key() {
        return new ResourceKey(kind(), metadata().namespace(), metadata().name());
    }
}
