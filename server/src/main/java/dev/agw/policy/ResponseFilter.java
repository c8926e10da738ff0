package dev.agw.policy;

import dev.agw.exchange.Request;
import dev.agw.http.Headers;

/// Changes the fields of an answer before the client sees it.
public non-sealed interface ResponseFilter extends Filter {
    /// Changes `headers` in place.
    ///
    /// @param received the request as the client sent it
    void apply(Request received, Headers headers);
}
