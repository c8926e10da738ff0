package dev.agw.resource;

import dev.agw.schema.Doc;

/// `GatewayParameters` of gateway.kgateway.dev/v1alpha1.
@Doc("How the gateway itself is deployed and run.")
public record GatewayParameters(
        @Doc("Name, namespace and labels.") Metadata metadata,
        @Doc("What is wanted.") Parameters spec) implements Resource {}
