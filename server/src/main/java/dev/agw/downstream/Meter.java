package dev.agw.downstream;

import dev.agw.telemetry.Flood;

/// Counts what passes a port. Called on the data path: implementations only add to counters.
public interface Meter {
    void opened();

    void closed();

    /// A connection was turned away because there are too many.
    void refused();

    /// Taking a connection from the operating system failed.
    void acceptFailed();

    /// A connection was cut off for a flood of HTTP/2 frames.
    default void flooded(Flood kind) {}

    /// An HTTP/2 stream has got a thread.
    default void streamStarted() {}

    default void streamEnded() {}

    /// Adds bytes read; passes the number on, so that a read can be counted where it stands. Negative numbers are
    /// ignored.
    int received(int bytes);

    void sent(int bytes);
}
