package dev.agw.http;

import java.io.IOException;

/// A message breaks the rules of HTTP, or goes beyond a limit. Its connection can't be used further.
public final class MalformedMessageException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    MalformedMessageException(int status, String message) {
        super(message);
        this.status = status;
    }

    /// The status that says it best to a client: 400, 413, 414, 431, 501 or 505.
    public int status() {
        return status;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this; // control flow: where a parser gave up tells nothing that the message does not
    }
}
