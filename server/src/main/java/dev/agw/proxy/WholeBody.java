package dev.agw.proxy;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Request;
import dev.agw.http.BodyTooLargeException;
import java.io.IOException;

/// Request bodies that have to be read whole: each within a limit, all together within a budget.
///
/// @param limit most bytes of one
record WholeBody(int limit, BodyBudget budget) {
    /// Like [#of], with memory for the copy that is changed for a provider.
    byte[] withCopy(Passage passage, Request request) {
        byte[] body = of(passage, request);
        passage.lease(budget).take(body.length);
        return body;
    }

    /// Reads the body of a request; the passage holds its memory until it is over.
    ///
    /// @throws ExchangeException the body is too long (413), or there are too many of them (503)
    /// @throws ClientGoneException the client broke it off
    byte[] of(Passage passage, Request request) {
        try {
            return request.body().readAll(limit, passage.lease(budget));
        } catch (BodyTooLargeException e) {
            throw new ExchangeException(new Failure.BadRequest(413, "the request " + e.getMessage()));
        } catch (IOException e) {
            throw new ClientGoneException("the client broke its request off");
        }
    }
}
