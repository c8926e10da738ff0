package dev.agw.resource;

import dev.agw.schema.Doc;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// `Secret` of v1. Its values may come from outside: `${NAME}` stands for an environment variable and `${file:PATH}`
/// for the text of a file (relative to the manifest's folder, without the line end at its end).
@Doc("Values that are never shown: keys of providers, certificates.")
public record Secret(
        @Doc("Name, namespace and labels.") Metadata metadata,

        @Doc(value = "Type, for example kubernetes.io/tls.", byDefault = "Opaque")
        String type,

        @Doc("Values in base64.") Map<String, SecretValue.Encoded> data,

        @Doc("Values as they are; `${NAME}` and `${file:PATH}` are filled in. They win over data.")
        Map<String, SecretValue> stringData,

        @Doc(value = "Whether the cluster refuses changes. Nothing to agw.", byDefault = "false")
        boolean immutable)
        implements Resource {

    /// All values, decoded.
    public Map<String, SecretValue> values() {
        Map<String, SecretValue> values = new HashMap<>();
        data.forEach((key, encoded) -> values.put(key, encoded.value()));
        values.putAll(stringData);
        return Map.copyOf(values);
    }

    /// The credential for a backend: the value of the key `Authorization`, or else the only value there is; without
    /// the word `Bearer` in front.
    public Optional<SecretValue> credential() {
        Map<String, SecretValue> values = values();
        Optional<SecretValue> named = Optional.ofNullable(values.get("Authorization"));
        return named.or(() -> values.size() == 1 ? values.values().stream().findFirst() : Optional.empty())
                .map(SecretValue::withoutScheme);
    }
}
