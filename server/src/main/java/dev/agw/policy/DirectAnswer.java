package dev.agw.policy;

import dev.agw.http.Headers;

/// An answer that the gateway gives by itself: reason `DirectResponse`.
public final class DirectAnswer {
    private static final byte[] NO_BODY = {};

    private final int status;
    private final Headers headers;
    private final byte[] body;

    DirectAnswer(int status, Headers headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static DirectAnswer empty(int status, Headers headers) {
        return new DirectAnswer(status, headers, NO_BODY);
    }

    public int status() {
        return status;
    }

    /// End-to-end fields, free to change: every answer has its own.
    public Headers headers() {
        return headers;
    }

    /// The whole body; shared between answers, not to be written to.
    public byte[] body() {
        return body;
    }
}
