package dev.agw.upstream;

import java.io.IOException;

/// A pooled connection was dead when its request went out: nothing came back, and the request can go out again.
final class StaleConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this; // caught two calls up, always
    }
}
