package dev.agw.cli.operations;

import dev.agw.schema.Doc;
import java.util.Map;

/// What things are called.
@Doc("What things are called.")
public record Naming(
        @Doc(value = "Name of the gateway and of what belongs to it.", byDefault = "agentgateway-proxy")
        String name,

        @Doc(value = "Namespace that the gateways run in.", byDefault = "agentgateway-system")
        String namespace,

        @Doc("Further labels of everything that is rendered.")
        Map<String, String> labels,

        @Doc("Further annotations of everything that is rendered.")
        Map<String, String> annotations) {}
