package dev.agw.http2;

import java.io.IOException;

/// The peer broke a rule that its whole connection depends on (RFC 9113 §5.4.1): GOAWAY, then the end. Stackless.
public final class ConnectionErrorException extends IOException {
    private static final long serialVersionUID = 1L;
    private final ErrorCode code;

    public ConnectionErrorException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
