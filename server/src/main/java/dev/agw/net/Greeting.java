package dev.agw.net;

import java.util.List;

/// What a client says first on a port that speaks TLS.
public sealed interface Greeting {
    /// A ClientHello (RFC 8446 §4.1.2).
    ///
    /// @param serverName the name asked for (RFC 6066 §3), in lower case; empty if none was
    /// @param protocols what the client offers to speak inside (RFC 7301), its favourite first
    record Hello(String serverName, List<String> protocols) implements Greeting {
        public Hello {
            protocols = List.copyOf(protocols);
        }
    }

    /// A request without encryption.
    record PlainHttp() implements Greeting {}

    /// Neither.
    record Garbage(String why) implements Greeting {}

    /// The client left first.
    record Nothing() implements Greeting {}
}
