package dev.agw.resource;

import dev.agw.schema.Doc;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.PassesOver;
import java.util.Map;

/// Name and labels of a resource.
@Doc("Name, namespace and labels of the resource.")
@PassesOver({
    "uid",
    "resourceVersion",
    "generation",
    "generateName",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "managedFields",
    "ownerReferences",
    "finalizers",
    "selfLink"
})
public record Metadata(
        @Doc("Name, unique per kind and namespace.") String name,
        @Doc(value = "Namespace.", byDefault = "default") String namespace,
        @Doc("Labels.") Map<String, String> labels,
        @Doc("Annotations.") Map<String, String> annotations) {

    public Metadata {
        if (name.isEmpty()) {
            throw new InvalidValueException("expected a name, found an empty text");
        }
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /// `namespace/name`, the way metrics and logs name a resource.
    public String qualifiedName() {
        return namespace + "/" + name;
    }
}
