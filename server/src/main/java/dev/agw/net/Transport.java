package dev.agw.net;

import dev.agw.http.Sink;
import dev.agw.http.Source;

/// A connection as bytes: plain TCP or TLS. One thread reads while another may write; any thread may close.
public interface Transport extends Source, Sink {
    /// Ends the connection at once; a blocked read or write throws.
    void close();

    /// Says that no more bytes will be written, so that the peer sees the end and not a reset.
    void finish();

    /// Whether bytes, or the end of the connection, can be read right now without waiting. A pooled connection on which
    /// this holds must not be used: what lies there is no answer to the next request.
    boolean readable();

    /// The loop that waits for it.
    EventLoop loop();

    /// `plaintext` or `tls`.
    String kind();
}
