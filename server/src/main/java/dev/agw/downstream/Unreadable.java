package dev.agw.downstream;

import dev.agw.exchange.Failure;
import dev.agw.http.MalformedMessageException;

/// What a client is told whose message cannot be read.
final class Unreadable {
    private Unreadable() {}

    static Failure failure(MalformedMessageException malformed) {
        String message = malformed.getMessage() == null ? "the request cannot be read" : malformed.getMessage();
        return malformed.tooManyFields()
                ? new Failure.TooManyFields(message)
                : new Failure.BadRequest(malformed.status(), message);
    }
}
