package dev.agw.downstream;

import dev.agw.exchange.ListenerRef;
import dev.agw.telemetry.CarryFailure;
import dev.agw.telemetry.Flood;
import dev.agw.telemetry.HandshakeFailure;
import dev.agw.telemetry.Limit;

/// Counts what passes a port. Called on the data path: implementations only add to counters.
public interface Meter {
    void opened();

    void closed();

    /// A limit turned a connection or a request away.
    void refused(Limit limit);

    /// Taking a connection from the operating system failed.
    void acceptFailed();

    /// A connection was closed because it did not say whom it is for, as the PROXY protocol wants it.
    void introductionRefused();

    /// A connection was cut off for a flood of HTTP/2 frames.
    default void flooded(Flood kind) {}

    /// An HTTP/2 stream has got a thread.
    default void streamStarted() {}

    default void streamEnded() {}

    /// Adds bytes read; passes the number on, so that a read can be counted where it stands. Negative numbers are
    /// ignored.
    int received(int bytes);

    void sent(int bytes);

    /// A connection that was to be handed on to a backend was closed instead.
    default void notCarried(ListenerRef listener, CarryFailure cause) {}

    /// A TLS handshake is done.
    default void handshake(ListenerRef listener, long nanos) {}

    /// A TLS handshake failed.
    ///
    /// @param listener the one that the client asked for; the first of the port if it did not come to that
    default void handshakeFailed(ListenerRef listener, HandshakeFailure cause) {}
}
