package dev.agw.resource;

import dev.agw.schema.Doc;
import java.util.Optional;

/// What a policy applies to, in the policy's own namespace.
@Doc("What a policy applies to, in its own namespace.")
public record TargetRef(
        @Doc("API group.") String group,

        @Doc("Kind: Gateway, HTTPRoute, Backend or Service.")
        String kind,

        @Doc("Name.") String name,

        @Doc("A listener of the Gateway, or a rule of the HTTPRoute. Absent: the whole.")
        Optional<String> sectionName) {}
