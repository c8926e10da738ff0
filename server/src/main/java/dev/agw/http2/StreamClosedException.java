package dev.agw.http2;

import java.io.IOException;

/// Something was to be written to a stream, or a connection, that has ended. Stackless.
public final class StreamClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    StreamClosedException(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
