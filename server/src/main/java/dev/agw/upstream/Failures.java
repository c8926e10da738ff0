package dev.agw.upstream;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Failure.UpstreamFailure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Lifeline.Cut;
import dev.agw.http.BodyTooLargeException;
import dev.agw.http.MalformedMessageException;
import dev.agw.http.TruncatedMessageException;
import java.io.IOException;
import java.time.Duration;

/// What went wrong, in the words of an exchange.
final class Failures {
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    private Failures() {}

    /// The end of an exchange that was cut while it waited for `authority`.
    ///
    /// @throws ClientGoneException there is nobody to tell
    static Failure cut(Cut why, String authority) {
        return switch (why) {
            case CLIENT_GONE -> throw new ClientGoneException("the client left");
            case CONNECT_TIMEOUT -> new Failure.TimedOut(why, "no connection to " + authority + " in time");
            case REQUEST_READ_TIMEOUT -> new Failure.TimedOut(why, "the request did not come in time");
            case REQUEST_TIMEOUT, BACKEND_TIMEOUT, FIRST_TOKEN_TIMEOUT, IDLE_TIMEOUT ->
                new Failure.TimedOut(why, "no answer from " + authority + " in time");
            case SHUTDOWN -> new Failure.Overloaded(Failure.Lack.SHUTDOWN, "the gateway is shutting down", SHORTLY);
        };
    }

    /// The end of a wait for a connection of a pool that was full all the time: as the pool has as many as it may have,
    /// that says nothing of the backend. Another attempt may follow.
    static Failure noTurn(Lifeline lifeline, String authority) {
        lifeline.mend();
        return new Failure.Overloaded(
                Failure.Lack.BACKEND_TURN, "no connection to " + authority + " was free in time", SHORTLY);
    }

    /// The end of a call whose connection broke, or whose answer can't be read.
    static Failure broken(IOException e, String authority) {
        return switch (e) {
            case MalformedMessageException malformed ->
                UpstreamFailure.broken(authority + " answered with what is not HTTP: " + malformed.getMessage());
            case TruncatedMessageException truncated ->
                UpstreamFailure.broken(authority + " broke its answer off: " + truncated.getMessage());
            default -> UpstreamFailure.broken(authority + " broke the connection off");
        };
    }

    /// What a client did whose request body can't be read.
    static RuntimeException ofClient(IOException e) {
        return switch (e) {
            case MalformedMessageException malformed ->
                new ExchangeException(new Failure.BadRequest(
                        malformed.status(), "the request cannot be read: " + malformed.getMessage()));
            case BodyTooLargeException tooLarge ->
                new ExchangeException(new Failure.BadRequest(413, "the request " + tooLarge.getMessage()));
            default -> new ClientGoneException("the client broke its request off");
        };
    }
}
