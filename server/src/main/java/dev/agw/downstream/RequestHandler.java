package dev.agw.downstream;

import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Reply;
import dev.agw.exchange.Request;
import dev.agw.exchange.Tunnel;
import dev.agw.telemetry.CarryFailure;
import java.util.Optional;

/// Serves requests, each on the virtual thread that read it.
@FunctionalInterface
public interface RequestHandler {
    /// Answers one request, or leaves it unanswered when the client has gone.
    void handle(Request request, Reply reply, Lifeline lifeline);

    /// Answers what could not even be read as a request.
    default void refuse(Failure failure, Reply reply) {}

    /// Carries a connection that is not HTTP, until one side ends it; or says why it was not carried.
    ///
    /// @param hostname of the TLS listener that took it, as configured; empty for all hosts
    /// @param serverName that the client asked for; empty for none
    default Optional<CarryFailure> carry(String hostname, String serverName, Tunnel client, Lifeline lifeline) {
        client.close();
        return Optional.of(CarryFailure.NO_ROUTE);
    }
}
