package dev.agw.upstream;

import dev.agw.exchange.Lifeline.Cut;
import dev.agw.exchange.Tunnel;
import dev.agw.http.Body;
import dev.agw.http.Headers;
import java.util.Optional;

/// The answer of a backend: its head, and its body as it comes. Confined to the exchange's thread.
public sealed interface UpstreamResponse extends AutoCloseable permits Http1Response, Http2Response {
    int status();

    /// The header fields as they came, hop-by-hop ones included.
    Headers headers();

    /// `host:port` of the backend that answered.
    String authority();

    /// The body. Its reads throw [UpstreamBrokenException] if the backend does not finish it or takes too long,
    /// and `ClientGoneException` if the client left.
    Body body();

    /// Bounds each further wait for a piece of the body: `FIRST_TOKEN_TIMEOUT` up to the first token,
    /// `IDLE_TIMEOUT` from then on. Starts as the request's `idleNanos`.
    void patience(long nanos, Cut onTimeout);

    /// The raw connection behind a 101 that was asked for; closing it, or this response, ends it. Empty for every
    /// other status.
    Optional<Tunnel> tunnel();

    /// Ends the call. Over HTTP/1 a connection whose answer has not been read to its end is ended with it, unless the
    /// rest is already here. Further calls do nothing.
    @Override
    void close();
}
