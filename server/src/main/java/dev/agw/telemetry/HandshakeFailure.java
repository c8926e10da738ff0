package dev.agw.telemetry;

/// Why a TLS handshake with a client failed.
public enum HandshakeFailure {
    /// It took too long.
    TIMEOUT("timeout"),
    /// The client left.
    CLIENT_GONE("client_gone"),
    /// The client sent a request without encryption.
    PLAIN_HTTP("plain_http"),
    /// What the client sent is no ClientHello.
    NO_TLS("no_tls"),
    /// No listener is for the name that the client asked for.
    UNKNOWN_NAME("unknown_name"),
    /// The listener has no certificate that can be used, or does not know whose clients to trust.
    NO_CERTIFICATE("no_certificate"),
    /// No TLS version, cipher suite or protocol that both sides accept.
    NOTHING_IN_COMMON("nothing_in_common"),
    /// The client showed no certificate, or none that is trusted.
    CLIENT_CERTIFICATE("client_certificate"),
    /// The client refused: it does not trust the certificate it was shown, most likely.
    CLIENT_REFUSED("client_refused"),
    /// Anything else.
    BROKEN("broken");

    private final String label;

    HandshakeFailure(String label) {
        this.label = label;
    }

    /// The word as it stands in metrics.
    public String label() {
        return label;
    }
}
