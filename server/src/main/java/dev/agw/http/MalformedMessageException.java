package dev.agw.http;

import java.io.IOException;

/// A message breaks the rules of HTTP, or goes beyond a limit. Its connection can't be used further.
public final class MalformedMessageException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final boolean tooManyFields;

    MalformedMessageException(int status, String message) {
        this(status, message, false);
    }

    private MalformedMessageException(int status, String message, boolean tooManyFields) {
        super(message);
        this.status = status;
        this.tooManyFields = tooManyFields;
    }

    static MalformedMessageException tooManyFields(int most) {
        return new MalformedMessageException(431, "there are more than " + most + " header fields", true);
    }

    /// The status that says it best to a client: 400, 413, 414, 431, 501 or 505.
    public int status() {
        return status;
    }

    /// Whether its status 431 is for the number of its fields and not for their size.
    public boolean tooManyFields() {
        return tooManyFields;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this; // control flow: where a parser gave up tells nothing that the message does not
    }
}
