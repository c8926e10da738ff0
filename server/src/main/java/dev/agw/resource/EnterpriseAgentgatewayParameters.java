package dev.agw.resource;

import dev.agw.schema.Doc;

/// `EnterpriseAgentgatewayParameters` of enterpriseagentgateway.solo.io/v1alpha1.
@Doc("How the gateway itself is deployed and run.")
public record EnterpriseAgentgatewayParameters(
        @Doc("Name, namespace and labels.") Metadata metadata,
        @Doc("What is wanted.") Parameters spec) implements Resource {}
