package dev.agw.http;

import java.io.EOFException;

/// The connection ended in the middle of a message.
public final class TruncatedMessageException extends EOFException {
    private static final long serialVersionUID = 1L;

    TruncatedMessageException(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this; // control flow, as in MalformedMessageException
    }
}
