package dev.agw.resource;

import dev.agw.schema.FieldPath;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Position;
import dev.agw.schema.Problems;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/*
 * A certificate that cannot be read is an error, while a missing one is a warning: a Secret that was written by half, or
 * whose key came before its certificate, must not take the place of the one that works.
 */
/// Checks the certificates that listeners refer to.
final class ListenerReferences {
    private static final String CA = "ca.crt";

    private final ResourceSet set;
    private final Sources sources;
    private final Problems problems;
    private final Instant now;

    ListenerReferences(ResourceSet set, Sources sources, Problems problems, Instant now) {
        this.set = set;
        this.sources = sources;
        this.problems = problems;
        this.now = now;
    }

    /// @param path of the `tls` of one listener
    void check(Gateway gateway, Gateway.Tls tls, FieldPath path) {
        List<ObjectRef> certificates = tls.certificateRefs();
        for (ObjectRef ref : certificates) {
            find(gateway, ref, "Secret").ifPresent(found -> identity((Secret) found));
        }
        tls.frontendValidation().stream()
                .flatMap(validation -> validation.caCertificateRefs().stream())
                .forEach(ref -> find(gateway, ref, "ConfigMap").ifPresent(this::authority));
        tls.options().keySet().stream()
                .filter(option -> !TlsOptions.KNOWN.contains(option))
                .forEach(option -> problems.warning(
                        sources.position(gateway.key(), path.field("options").field(option)),
                        path.field("options").field(option),
                        "this option is not known",
                        "it has no effect; known are " + String.join(", ", TlsOptions.KNOWN)));
    }

    private Optional<Resource> find(Gateway gateway, ObjectRef ref, String kind) {
        String namespace = ref.namespace().orElse(gateway.metadata().namespace());
        return set.find(new ResourceKey(ref.kind().orElse(kind), namespace, ref.name()))
                .filter(found -> found instanceof Secret || !kind.equals("Secret"));
    }

    private void identity(Secret secret) {
        Optional<TlsIdentity.Flaw> flaw = TlsIdentity.flaw(secret);
        if (flaw.isPresent()) {
            FieldPath path = value(secret, flaw.get().value());
            problems.error(
                    position(secret, path),
                    path,
                    flaw.get().message(),
                    flaw.get().hint());
        } else {
            dates(secret, TlsIdentity.of(secret).chain().getFirst());
        }
    }

    private void dates(Secret secret, X509Certificate certificate) {
        FieldPath path = value(secret, TlsIdentity.CERTIFICATE);
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (until.isBefore(now)) {
            String hint = "clients will refuse it; put a new one here";
            problems.warning(position(secret, path), path, "the certificate expired at " + until, hint);
        } else if (from.isAfter(now)) {
            String hint = "clients will refuse it until then";
            problems.warning(position(secret, path), path, "the certificate is not valid before " + from, hint);
        }
    }

    private void authority(Resource found) {
        FieldPath path = found instanceof Secret secret
                ? value(secret, CA)
                : FieldPath.TOP.field("data").field(CA);
        try {
            Pem.certificates(text(found));
        } catch (InvalidValueException e) {
            problems.error(position(found, path), path, e.message(), "no client could be let in without it");
        }
    }

    private static String text(Resource found) {
        if (found instanceof Secret secret) {
            return Optional.ofNullable(secret.values().get(CA))
                    .map(SecretValue::reveal)
                    .orElse("");
        }
        return found instanceof ConfigMap map ? map.data().getOrDefault(CA, "") : "";
    }

    private static FieldPath value(Secret secret, String key) {
        boolean plain = secret.stringData().containsKey(key) || secret.data().isEmpty();
        return FieldPath.TOP.field(plain ? "stringData" : "data").field(key);
    }

    private Position position(Resource resource, FieldPath path) {
        return sources.position(resource.key(), path);
    }
}
