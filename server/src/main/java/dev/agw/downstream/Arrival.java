package dev.agw.downstream;

import dev.agw.net.Transport;
import java.net.InetSocketAddress;
import java.util.Optional;

/// A client's connection as it came in, before it is known which version of HTTP it speaks.
///
/// @param meter counts it from its beginning to its end
/// @param peer the client, or whom the proxy in front of the port brings
/// @param securedFor hostname of the TLS listener that shook hands; empty for plain text
record Arrival(Port port, Meter meter, Transport transport, InetSocketAddress peer, Optional<String> securedFor) {
    /// `http` or `https`.
    String scheme() {
        return securedFor.isPresent() ? "https" : "http";
    }
}
