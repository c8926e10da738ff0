package dev.agw.http2;

import java.io.IOException;

/// The peer broke a rule on one stream (RFC 9113 §5.4.2): RST_STREAM; the others go on. Stackless.
public final class StreamErrorException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int stream;
    private final ErrorCode code;

    public StreamErrorException(int stream, ErrorCode code, String message) {
        super(message);
        this.stream = stream;
        this.code = code;
    }

    public int stream() {
        return stream;
    }

    public ErrorCode code() {
        return code;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
