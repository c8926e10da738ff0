package dev.agw.downstream;

import java.security.cert.X509Certificate;
import java.util.List;

/// Whether clients must show a certificate, and whose are taken.
///
/// @param authorities who may have issued them
public record ClientCertificates(Demand demand, List<X509Certificate> authorities) {
    /// None are asked for.
    public static final ClientCertificates NONE = new ClientCertificates(Demand.NONE, List.of());

    public ClientCertificates {
        authorities = List.copyOf(authorities);
    }

    /// How much is asked.
    public enum Demand {
        /// Nothing.
        NONE,
        /// A client may come without; one that it shows must be valid.
        OPTIONAL,
        /// A client may come without, and with one that is not valid.
        UNCHECKED,
        /// Only clients with a valid one are let in.
        REQUIRED
    }
}
