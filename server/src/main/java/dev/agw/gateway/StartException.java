package dev.agw.gateway;

/// The gateway cannot start. The message is for people: what is wrong, where, and what to do.
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }
}
