package dev.agw.gateway;

import dev.agw.resource.Backend;
import dev.agw.resource.BackendTls;
import dev.agw.resource.ConfigMap;
import dev.agw.resource.ObjectRef;
import dev.agw.resource.ResourceSet;
import dev.agw.upstream.TlsSettings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Encryption towards backends: names and authorities.
final class TlsCompiler {
    private static final String CA = "ca.crt";

    private final ResourceSet resources;
    private final List<String> warnings;

    TlsCompiler(ResourceSet resources, List<String> warnings) {
        this.resources = resources;
        this.warnings = warnings;
    }

    /// Empty for plain text.
    Optional<TlsSettings> settings(BackendTls tls, Backend backend) {
        if (!tls.enabled()) {
            return Optional.empty();
        }
        if (tls.insecureSkipVerify()) {
            warnings.add(
                    backend.key() + ": tls.insecureSkipVerify is accepted, not in effect: certificates are verified");
        }
        if (tls.sni().isEmpty() && tls.caCertificateRefs().isEmpty()) {
            return Optional.of(TlsSettings.DEFAULT);
        }
        return Optional.of(new TlsSettings(tls.sni().orElse(""), authorities(tls, backend), Optional.empty()));
    }

    /// Who names authorities does not want the system's, also if none of those named can be read.
    private Optional<List<X509Certificate>> authorities(BackendTls tls, Backend backend) {
        if (tls.caCertificateRefs().isEmpty()) {
            return Optional.empty();
        }
        List<X509Certificate> authorities = new ArrayList<>();
        tls.caCertificateRefs().forEach(ref -> authorities.addAll(certificates(ref, backend)));
        return Optional.of(authorities);
    }

    private List<X509Certificate> certificates(ObjectRef ref, Backend backend) {
        String namespace = ref.namespace().orElse(backend.metadata().namespace());
        String place = backend.key() + ": ConfigMap " + namespace + "/" + ref.name();
        Optional<String> pem = resources
                .find(ConfigMap.class, namespace, ref.name())
                .filter(map -> resources.allows("Backend", backend.metadata().namespace(), map.key()))
                .map(map -> map.data().getOrDefault(CA, ""));
        if (pem.isEmpty() || pem.get().isBlank()) {
            warnings.add(place + " with the key " + CA + " is not there; nobody is trusted by it");
            return List.of();
        }
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.get().getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            warnings.add(place + ": " + CA + " holds no certificate that can be read, nobody is trusted by it: "
                    + e.getMessage());
            return List.of();
        }
    }
}
