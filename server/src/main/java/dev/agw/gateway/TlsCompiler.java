package dev.agw.gateway;

import dev.agw.resource.BackendTls;
import dev.agw.resource.ConfigMap;
import dev.agw.resource.ObjectRef;
import dev.agw.resource.Pem;
import dev.agw.resource.Resource;
import dev.agw.resource.ResourceKey;
import dev.agw.resource.ResourceSet;
import dev.agw.resource.Secret;
import dev.agw.resource.SecretValue;
import dev.agw.schema.InvalidValueException;
import dev.agw.upstream.TlsSettings;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/*
 * Certificates that cannot be had must not be replaced by others: a backend that was to be known by a private authority
 * is not called by the public ones, nor without the certificate that it was to be shown.
 */
/// Encryption towards backends: names, authorities, certificates to show.
final class TlsCompiler {
    private static final String CA = "ca.crt";
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";

    private final ResourceSet resources;
    private final List<String> warnings;

    /// How connections are encrypted.
    ///
    /// @param tls empty for plain text
    record Encryption(Optional<TlsSettings> tls) {
        static final Encryption NONE = new Encryption(Optional.empty());
    }

    TlsCompiler(ResourceSet resources, List<String> warnings) {
        this.resources = resources;
        this.warnings = warnings;
    }

    /// Empty if what it takes is not there, so that the backend must not be called.
    ///
    /// @param owner the Backend or Service
    Optional<Encryption> encryption(BackendTls tls, Resource owner) {
        if (!tls.enabled()) {
            return Optional.of(Encryption.NONE);
        }
        if (tls.insecureSkipVerify()) {
            warnings.add(
                    owner.key() + ": tls.insecureSkipVerify is accepted, not in effect: certificates are verified");
        }
        try {
            return Optional.of(new Encryption(Optional.of(settings(tls, owner))));
        } catch (InvalidValueException e) {
            warnings.add(owner.key() + ": " + e.getMessage() + "; not called until it is there");
            return Optional.empty();
        }
    }

    private TlsSettings settings(BackendTls tls, Resource owner) {
        List<X509Certificate> authorities = new ArrayList<>();
        for (ObjectRef ref : tls.caCertificateRefs()) {
            Texts texts = texts(ref, ref.kind().orElse("ConfigMap"), owner);
            authorities.addAll(texts.read(CA, Pem::certificates));
        }
        Optional<TlsSettings.Identity> identity = Optional.empty();
        if (tls.secretRef().isPresent()) {
            Texts texts = texts(tls.secretRef().get(), "Secret", owner);
            identity = Optional.of(identity(texts));
            authorities.addAll(texts.has(CA) ? texts.read(CA, Pem::certificates) : List.of());
        }
        Optional<List<X509Certificate>> trusted = authorities.isEmpty() ? Optional.empty() : Optional.of(authorities);
        return new TlsSettings(tls.sni().orElse(""), trusted, identity);
    }

    private static TlsSettings.Identity identity(Texts texts) {
        return new TlsSettings.Identity(texts.read(KEY, Pem::privateKey), texts.read(CERTIFICATE, Pem::certificates));
    }

    private Texts texts(ObjectRef ref, String kind, Resource owner) {
        String from = owner.metadata().namespace();
        ResourceKey key = new ResourceKey(kind, ref.namespace().orElse(from), ref.name());
        return resources
                .find(key)
                .filter(found -> resources.allows(owner.key().kind(), from, key))
                .map(Texts::of)
                .orElseThrow(() -> new InvalidValueException(key + " is missing or may not be referred to"));
    }

    /// What a ConfigMap or Secret holds.
    private record Texts(ResourceKey key, Map<String, SecretValue> values) {
        static Texts of(Resource resource) {
            return switch (resource) {
                case Secret secret -> new Texts(secret.key(), secret.values());
                case ConfigMap map -> new Texts(map.key(), shown(map.data()));
                default -> new Texts(resource.key(), Map.of());
            };
        }

        private static Map<String, SecretValue> shown(Map<String, String> data) {
            Map<String, SecretValue> values = new java.util.HashMap<>();
            data.forEach((name, text) -> values.put(name, SecretValue.of(text)));
            return values;
        }

        boolean has(String name) {
            return values.containsKey(name);
        }

        /// @throws InvalidValueException it is not there, or is something else
        <T> T read(String name, Function<String, T> pem) {
            SecretValue value = values.get(name);
            if (value == null || value.reveal().isBlank()) {
                throw new InvalidValueException(key + " has no " + name);
            }
            try {
                return pem.apply(value.reveal());
            } catch (InvalidValueException e) {
                throw new InvalidValueException(key + ": " + name + ": " + e.message(), e.hint());
            }
        }
    }
}
