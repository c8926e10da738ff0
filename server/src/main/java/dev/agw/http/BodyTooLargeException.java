package dev.agw.http;

import java.io.IOException;

/// A body is longer than the place that wanted it whole allows.
public final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
    private final long limit;

    BodyTooLargeException(long limit) {
        super("body is longer than " + limit + " bytes");
        this.limit = limit;
    }

    /// The most bytes that were allowed.
    public long limit() {
        return limit;
    }
}
