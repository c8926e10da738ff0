package dev.agw.cli.operations;

import dev.agw.schema.Doc;
import dev.agw.schema.InvalidValueException;
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
        Map<String, String> annotations) {
    private static final String SHAPE = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    public Naming {
        if (!name.matches(SHAPE) || !namespace.matches(SHAPE)) {
            throw new InvalidValueException("expected a name and a namespace of small letters, digits and -, found \""
                    + name + "\" and \"" + namespace + "\"");
        }
    }
}
