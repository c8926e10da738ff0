package dev.agw.upstream;

import java.util.Optional;

/// Where requests go, and how: one origin has one pool of connections.
///
/// A class and not a record because pools are looked up by it on every request: its hash is worked out once. Two
/// origins that say the same are equal, so a pool outlives a reload that changes nothing about it.
public final class Origin {
    private final String host;
    private final int port;
    private final Optional<TlsSettings> tls;
    private final ConnectionSettings connections;
    private final String authority;
    private final int hash;

    /// @param host a DNS name or an IP address, without brackets
    /// @param tls empty for plain text
    public Origin(String host, int port, Optional<TlsSettings> tls, ConnectionSettings connections) {
        this.host = host;
        this.port = port;
        this.tls = tls;
        this.connections = connections;
        this.authority = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        this.hash = 31 * (31 * authority.hashCode() + tls.hashCode()) + connections.hashCode();
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    public Optional<TlsSettings> tls() {
        return tls;
    }

    public ConnectionSettings connections() {
        return connections;
    }

    /// `host:port`, an IPv6 address in brackets.
    public String authority() {
        return authority;
    }

    /// Whether requests go out over HTTP/2, at least where the backend chooses it.
    boolean mayUseHttp2() {
        return switch (connections.http2().use()) {
            case NEVER -> false;
            case NEGOTIATED -> tls.isPresent();
            case PRIOR_KNOWLEDGE -> true;
        };
    }

    /// `plaintext` or `tls`.
    String transport() {
        return tls.isPresent() ? "tls" : "plaintext";
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Origin origin
                        && hash == origin.hash
                        && authority.equals(origin.authority)
                        && tls.equals(origin.tls)
                        && connections.equals(origin.connections));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return transport() + "://" + authority;
    }
}
