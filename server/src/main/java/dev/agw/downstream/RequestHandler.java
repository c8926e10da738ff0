package dev.agw.downstream;

import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Reply;
import dev.agw.exchange.Request;
import dev.agw.exchange.Tunnel;

/// Serves requests, each on the virtual thread that read it.
@FunctionalInterface
public interface RequestHandler {
    /// Answers one request, or leaves it unanswered when the client has gone.
    void handle(Request request, Reply reply, Lifeline lifeline);

    /// Answers what could not even be read as a request.
    ///
    /// @param status 400, 408, 413, 414, 431, 501 or 505
    default void refuse(int status, String message, Reply reply) {}

    /// Carries a connection that is not HTTP, until one side ends it.
    ///
    /// @param hostname of the TLS listener that took it, as configured; empty for all hosts
    /// @param serverName that the client asked for; empty for none
    default void carry(String hostname, String serverName, Tunnel client, Lifeline lifeline) {
        client.close();
    }
}
