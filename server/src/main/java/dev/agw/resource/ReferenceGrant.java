package dev.agw.resource;

import dev.agw.schema.Doc;
import java.util.List;
import java.util.Optional;

/// `ReferenceGrant` of gateway.networking.k8s.io/v1beta1.
@Doc("Lets resources of other namespaces refer to those of its own.")
public record ReferenceGrant(
        @Doc("Name, namespace and labels.") Metadata metadata,
        @Doc("What is wanted.") Spec spec) implements Resource {

    @Doc("Who may refer to what.")
    public record Spec(
            @Doc("Who may refer.") List<From> from,

            @Doc("What may be referred to, in this namespace.")
            List<To> to) {}

    @Doc("A kind of resource in another namespace.")
    public record From(
            @Doc("API group.") String group,
            @Doc("Kind.") String kind,
            @Doc("Namespace.") String namespace) {}

    @Doc("A kind of resource in this namespace, or one of them.")
    public record To(
            @Doc("API group; empty for core kinds such as Service and Secret.")
            String group,

            @Doc("Kind.") String kind,
            @Doc("Name. Absent: all of the kind.") Optional<String> name) {}
}
