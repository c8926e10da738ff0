package dev.agw.proxy;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Request;
import dev.agw.http.BodyTooLargeException;
import java.io.IOException;

/// Request bodies that have to be read whole, within a limit.
final class WholeBody {
    private WholeBody() {}

    /// @throws ExchangeException the body is longer than `limit` bytes (413)
    /// @throws ClientGoneException the client broke it off
    static byte[] of(Request request, int limit) {
        try {
            return request.body().readAll(limit);
        } catch (BodyTooLargeException e) {
            throw new ExchangeException(new Failure.BadRequest(413, "the request " + e.getMessage()));
        } catch (IOException e) {
            throw new ClientGoneException("the client broke its request off");
        }
    }
}
