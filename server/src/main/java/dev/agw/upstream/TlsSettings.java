package dev.agw.upstream;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// How an origin is spoken to over TLS. The certificate is always verified, its name included.
///
/// @param serverName the name asked for by SNI and looked for in the certificate; empty: the origin's host
/// @param authorities whom to trust; absent: the authorities of the Java runtime; none at all: nobody
/// @param identity the certificate this side shows when asked for one
public record TlsSettings(String serverName, Optional<List<X509Certificate>> authorities, Optional<Identity> identity) {
    /// The public authorities, the origin's own name, no client certificate.
    public static final TlsSettings DEFAULT = new TlsSettings("", Optional.empty(), Optional.empty());

    public TlsSettings {
        authorities = authorities.map(List::copyOf);
    }

    /// A client certificate: its key, and the chain up from it.
    public record Identity(PrivateKey key, List<X509Certificate> chain) {
        public Identity {
            chain = List.copyOf(chain);
        }

        /// The key stays out of logs.
        @Override
        public String toString() {
            return "Identity[" + chain.size() + " certificates]";
        }
    }
}
