package dev.agw.resource;

import dev.agw.schema.Doc;
import dev.agw.schema.Range;
import java.util.Map;
import java.util.Optional;

/// `DirectResponse` of gateway.kgateway.dev/v1alpha1: an ExtensionRef filter may name it.
@Doc("An answer that the gateway gives by itself.")
public record DirectResponse(
        @Doc("Name, namespace and labels.") Metadata metadata,
        @Doc("What is wanted.") Spec spec) implements Resource {

    @Doc("The answer.")
    public record Spec(
            @Doc("Status.") @Range(min = 200, max = 599) int status,
            @Doc("Body. Absent: none.") Optional<String> body,
            @Doc("Header fields.") Map<String, String> headers) {}
}
