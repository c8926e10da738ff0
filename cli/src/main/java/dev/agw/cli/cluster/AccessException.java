package dev.agw.cli.cluster;

/// A cluster that cannot be asked, for what it was named by.
public final class AccessException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AccessException(String message) {
        super(message);
    }
}
