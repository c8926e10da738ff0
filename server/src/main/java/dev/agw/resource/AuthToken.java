package dev.agw.resource;

import dev.agw.schema.Doc;
import dev.agw.schema.InvalidValueException;
import java.util.Optional;

/// Where the credential for a provider comes from.
@Doc("The credential that a provider is called with.")
public record AuthToken(
        @Doc("Where it comes from.") Source kind,

        @Doc(
                "For SecretRef: a Secret with the key Authorization, or with one key of any name; the value with or without `Bearer `.")
        Optional<SecretRef> secretRef,

        @Doc("For Inline: the value; `${NAME}` and `${file:PATH}` are filled in.")
        Optional<SecretValue> inline) {
    public AuthToken {
        if (kind == Source.SecretRef && secretRef.isEmpty()) {
            throw new InvalidValueException("kind SecretRef needs secretRef", "add secretRef: {name: ...}");
        }
        if (kind == Source.Inline && inline.isEmpty()) {
            throw new InvalidValueException("kind Inline needs inline", "better: keep the value in a Secret");
        }
    }

    /// Where a credential comes from.
    public enum Source {
        /// A Secret.
        SecretRef,
        /// The manifest.
        Inline,
        /// The client: its own `Authorization` field goes on to the provider.
        Passthrough
    }

    @Doc("A Secret.")
    public record SecretRef(
            @Doc("Name.") String name,

            @Doc("Namespace. Absent: that of the resource that refers; another needs a ReferenceGrant.")
            Optional<String> namespace) {}
}
