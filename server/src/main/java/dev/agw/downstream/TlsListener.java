package dev.agw.downstream;

import dev.agw.exchange.ListenerRef;
import java.util.Optional;

/// What one listener of a TLS port does with the clients that ask for its name.
public sealed interface TlsListener {
    /// As configured, in lower case: exact, or with `*.` in front; empty for all hosts.
    String hostname();

    /// As metrics name it.
    ListenerRef ref();

    /// Decrypts, and serves HTTP.
    record Http(String hostname, ListenerRef ref, ServerTls tls) implements TlsListener {}

    /// Hands bytes on.
    ///
    /// @param tls how to decrypt them; empty: the backend does
    record Tcp(String hostname, ListenerRef ref, Optional<ServerTls> tls) implements TlsListener {}

    /// Refuses everybody: what it needs is not there.
    record Closed(String hostname, ListenerRef ref) implements TlsListener {}
}
