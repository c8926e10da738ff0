package dev.agw.resource;

import dev.agw.schema.Doc;
import java.util.Optional;

/// `GatewayClass` of gateway.networking.k8s.io/v1. Recognised; agw serves Gateways of every class.
@Doc("A class of gateways. Recognised; agw serves Gateways of every class.")
public record GatewayClass(
        @Doc("Name and labels.") Metadata metadata,
        @Doc("What is wanted.") Spec spec) implements Resource {

    @Doc("Controller and parameters.")
    public record Spec(
            @Doc("Name of the controller that serves the class.")
            String controllerName,

            @Doc("Description for people.") Optional<String> description,

            @Doc("Parameters of the gateways of this class. For what deploys gateways, not for a running one.")
            Optional<ParametersRef> parametersRef) {}

    @Doc("A reference to parameters.")
    public record ParametersRef(
            @Doc("API group.") String group,
            @Doc("Kind.") String kind,
            @Doc("Name.") String name,
            @Doc("Namespace.") Optional<String> namespace) {}
}
