package dev.agw.gateway.flow;

import java.io.Closeable;
import java.io.IOException;

/// A connection that a client keeps for request after request, for as long as the gateway lets it.
interface Line extends Closeable {
    /// Whether another request may be sent on it.
    boolean stays() throws IOException;

    /// Asks for a chat completion and reads the answer.
    ///
    /// @return its status; 0 if the gateway said that it does not begin with the request
    int ask() throws IOException;
}
