package dev.agw.policy;

import dev.agw.exchange.Request;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import java.nio.charset.StandardCharsets;

/// A fixed answer, as a `DirectResponse` resource describes it.
public final class DirectResponse implements AnsweringFilter {
    private final int status;
    private final Headers headers;
    private final byte[] body;

    /// @param status 200 to 599
    /// @param headers end-to-end fields; a body without `Content-Type` is sent as plain text
    /// @param body sent as UTF-8; may be empty
    /// @throws IllegalArgumentException the status cannot end an exchange
    public DirectResponse(int status, Headers headers, String body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status must be from 200 to 599, not " + status);
        }
        this.status = status;
        this.headers = headers.copy();
        this.body = body.getBytes(StandardCharsets.UTF_8);
        if (!body.isEmpty() && !headers.has(HeaderName.CONTENT_TYPE)) {
            this.headers.add(HeaderName.CONTENT_TYPE, "text/plain; charset=utf-8");
        }
    }

    @Override
    public DirectAnswer answer(Request request, int prefixSegments, int listenerPort) {
        return new DirectAnswer(status, headers.copy(), body);
    }
}
