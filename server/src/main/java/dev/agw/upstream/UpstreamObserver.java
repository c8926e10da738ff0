package dev.agw.upstream;

import dev.agw.telemetry.Flood;

/// Is told what happens below requests. Called on the request's thread; must not block.
public interface UpstreamObserver {
    /// Hears nothing.
    UpstreamObserver NONE = new UpstreamObserver() {};

    /// A connection was made.
    ///
    /// @param transport `plaintext` or `tls`
    /// @param nanos that TCP and TLS took together, name resolution left out
    default void connected(String transport, long nanos) {}

    /// An address could not be connected to, or its TLS handshake or its first word in HTTP/2 failed.
    default void connectFailed(String transport) {}

    /// A pooled connection turned out to be dead, or to go away, and its request went out once more.
    default void resent() {}

    /// A connection was cut off for a flood of HTTP/2 frames. Called on the thread that reads the connection.
    default void flooded(Flood kind) {}
}
