package dev.agw.upstream;

import dev.agw.exchange.Failure;
import java.io.IOException;

/// The answer of a backend ended before its end, after its head had come. Stackless.
public final class UpstreamBrokenException extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    UpstreamBrokenException(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    /// What to tell the client if nothing of the answer was sent to it yet.
    public Failure failure() {
        return failure;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this; // the ways of a backend, not a defect here
    }
}
