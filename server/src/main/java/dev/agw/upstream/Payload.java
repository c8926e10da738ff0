package dev.agw.upstream;

import dev.agw.http.Body;
import dev.agw.http.Room;
import java.io.IOException;

/// The body of a request to a backend.
public sealed interface Payload {
    None NONE = new None();

    /// No body.
    record None() implements Payload {}

    /// A body in memory: it can be sent again.
    @SuppressWarnings("ArrayRecordComponent") // a slice of a larger buffer, never compared
    record Bytes(byte[] array, int offset, int length) implements Payload {}

    /// A body that is read as it comes from the client: it can be sent once.
    ///
    /// What goes out beyond small bodies is read by a thread of its own. If the call ends before the body does,
    /// that thread may still wait for the next piece: nobody else may read the body further, and the client's
    /// connection must be ended rather than drained.
    record Streamed(Body body) implements Payload {}

    /// All of `content`.
    static Payload of(byte[] content) {
        return content.length == 0 ? NONE : new Bytes(content, 0, content.length);
    }

    /// A small body of known length as bytes, so that it can be sent again; another as [#of(Body)] has it.
    ///
    /// @param room where the bytes are kept
    /// @throws dev.agw.exchange.ExchangeException the body breaks the rules, or there is no room for it
    /// @throws dev.agw.exchange.ClientGoneException the client broke it off
    static Payload gathered(Body body, Room room) {
        if (body.declaredLength() <= 0 || body.declaredLength() > RequestWriter.SMALL) {
            return of(body);
        }
        try {
            return of(body.readAll(RequestWriter.SMALL, room));
        } catch (IOException e) {
            throw Failures.ofClient(e);
        }
    }

    /// What `body` will yield; its announced length, if there is one, goes on.
    static Payload of(Body body) {
        return body.declaredLength() == 0 ? NONE : new Streamed(body);
    }
}
