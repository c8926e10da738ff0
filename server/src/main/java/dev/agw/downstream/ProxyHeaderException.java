package dev.agw.downstream;

import java.io.IOException;

/// A connection does not say whom it is for as it has to.
final class ProxyHeaderException extends IOException {
    private static final long serialVersionUID = 1L;

    ProxyHeaderException(String message) {
        super(message);
    }
}
