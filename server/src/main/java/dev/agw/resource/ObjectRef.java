package dev.agw.resource;

import dev.agw.schema.Doc;
import java.util.Optional;

/// A reference to a Secret, ConfigMap or Service.
@Doc("Another resource.")
public record ObjectRef(
        @Doc("API group.") Optional<String> group,
        @Doc("Kind. Absent: the one the field is for.") Optional<String> kind,

        @Doc("Namespace. Absent: that of the resource that refers; another needs a ReferenceGrant.")
        Optional<String> namespace,

        @Doc("Name.") String name) {}
