package dev.agw.resource;

import dev.agw.schema.Doc;
import dev.agw.schema.Shorthand;
import java.util.List;
import java.util.Optional;

/// Encryption towards a backend. `tls: true` and `tls: false` will do.
@Doc("Encryption of the connections to a backend.")
@Shorthand("enabled")
public record BackendTls(
        @Doc(value = "Whether connections are encrypted.", byDefault = "true")
        boolean enabled,

        @Doc("Name to ask the server for and to check its certificate against. Absent: the host.")
        Optional<String> sni,

        @Doc("ConfigMaps or Secrets whose key ca.crt holds the certificates to trust. Absent: the system's.")
        List<ObjectRef> caCertificateRefs,

        @Doc("Secret with the certificate to show: tls.crt and tls.key. Its ca.crt, if there is one, is trusted, too.")
        Optional<ObjectRef> secretRef,

        @Doc(value = "Takes any certificate. For tests only: anybody in between can read along.", byDefault = "false")
        boolean insecureSkipVerify) {
    /// Encryption with the host's name and the system's authorities.
    public static final BackendTls ON = new BackendTls(true, Optional.empty(), List.of(), Optional.empty(), false);

    /// No encryption.
    public static final BackendTls OFF = new BackendTls(false, Optional.empty(), List.of(), Optional.empty(), false);
}
