package dev.agw.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.gateway.TlsCompiler.Encryption;
import dev.agw.resource.Backend;
import dev.agw.resource.ManifestReader;
import dev.agw.resource.ResourceSet;
import dev.agw.upstream.TlsSettings;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TlsCompilerTest {
    /// An authority by the name of authority.test, good until 2126.
    private static final String AUTHORITY = """
              -----BEGIN CERTIFICATE-----
              MIIBSzCB8aADAgECAggvbtLHPtcrsjAKBggqhkjOPQQDAzAZMRcwFQYDVQQDEw5h
              dXRob3JpdHkudGVzdDAgFw0yNjExMjIxNjI0MzNaGA8yMTI2MTAyOTE2MjQzM1ow
              GTEXMBUGA1UEAxMOYXV0aG9yaXR5LnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMB
              BwNCAAQ+Kl6OUJq9zNV+7l3KCqKCEFIjDr4NC6r4+vF9TIy1Yl9myvaiQTSe4E0O
              87Ccgiea03e/tOhYv3MIpS2hpOK8oyEwHzAdBgNVHQ4EFgQUwCzEGC7NQ8NleaWs
              Cg7rjv+uHsswCgYIKoZIzj0EAwMDSQAwRgIhAJ+HOvixcFErlC+LayjZBa32/OlA
              8EBplsFVO1GNZ+muAiEA72NR6PPrjTEIGFamUtmzusQ2Mqo5yqw+3NBXr+kMT3g=
              -----END CERTIFICATE-----
            """;
    private static final String GRANT = """
            ---
            apiVersion: gateway.networking.k8s.io/v1beta1
            kind: ReferenceGrant
            metadata: {name: g, namespace: trust}
            spec:
              from: [{group: gateway.kgateway.dev, kind: Backend, namespace: default}]
              to: [{group: "", kind: ConfigMap}]
            """;

    private final List<String> warnings = new ArrayList<>();

    /// What becomes of a Backend's `tls`; empty if it must not be called.
    private Optional<Encryption> encryption(String tls, String... more) {
        String backend = """
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: Backend
                metadata: {name: b}
                spec: {type: Static, static: {hosts: [{host: a, port: 443}], tls: %s}}
                """.formatted(tls);
        ResourceSet resources = new ManifestReader(Map.of())
                .parse("test.yaml", backend + String.join("", more))
                .resources();
        Backend read = resources.all(Backend.class).getFirst();
        return new TlsCompiler(resources, warnings)
                .encryption(read.spec().staticHosts().orElseThrow().encryption(), read);
    }

    private static String authority(String namespace, String content) {
        return "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: ca, namespace: " + namespace
                + "}\ndata:\n  ca.crt: |\n" + content.indent(4);
    }

    private static Optional<Encryption> by(TlsSettings settings) {
        return Optional.of(new Encryption(Optional.of(settings)));
    }

    private static List<String> names(Optional<Encryption> encryption) {
        return encryption.orElseThrow().tls().orElseThrow().authorities().orElseThrow().stream()
                .map(X509Certificate::getSubjectX500Principal)
                .map(Object::toString)
                .toList();
    }

    @Test
    void plainTextHasNoSettings() {
        assertThat(encryption("false")).contains(Encryption.NONE);
        assertThat(warnings).isEmpty();
    }

    @Test
    void encryptionAloneTrustsTheSystemsAuthorities() {
        assertThat(encryption("true")).isEqualTo(by(TlsSettings.DEFAULT));
        assertThat(encryption("{sni: model.test}"))
                .isEqualTo(by(new TlsSettings("model.test", Optional.empty(), Optional.empty())));
        assertThat(warnings).isEmpty();
    }

    @Test
    void trustsTheAuthoritiesThatAreNamedAndNoOthers() {
        assertThat(names(encryption("{caCertificateRefs: [{name: ca}]}", authority("default", AUTHORITY))))
                .containsExactly("CN=authority.test");
        assertThat(names(encryption("{caCertificateRefs: [{name: ca}]}", authority("default", AUTHORITY + AUTHORITY))))
                .hasSize(2);
        assertThat(warnings).isEmpty();
    }

    @Test
    void aBackendIsNotCalledWhoseAuthorityIsNotThere() {
        assertThat(encryption("{caCertificateRefs: [{name: ca}]}")).isEmpty();
        assertThat(warnings).singleElement().asString().contains("Backend default/b", "default/ca", "not called");
    }

    @Test
    void aBackendIsNotCalledWhoseAuthorityCannotBeRead() {
        String broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

        assertThat(encryption("{caCertificateRefs: [{name: ca}]}", authority("default", broken)))
                .isEmpty();
        assertThat(warnings).singleElement().asString().contains("default/ca: ca.crt: no certificate");
    }

    @Test
    void anAuthorityOfAnotherNamespaceNeedsAGrant() {
        String tls = "{caCertificateRefs: [{name: ca, namespace: trust}]}";

        assertThat(encryption(tls, authority("trust", AUTHORITY))).isEmpty();
        assertThat(warnings).singleElement().asString().contains("ConfigMap trust/ca");
        assertThat(names(encryption(tls, authority("trust", AUTHORITY), GRANT))).hasSize(1);
    }

    @Test
    void certificatesAreVerifiedWhateverIsAsked() {
        assertThat(encryption("{insecureSkipVerify: true}")).isEqualTo(by(TlsSettings.DEFAULT));
        assertThat(warnings)
                .containsExactly("Backend default/b: tls.insecureSkipVerify is accepted, not in effect:"
                        + " certificates are verified");
    }
}
