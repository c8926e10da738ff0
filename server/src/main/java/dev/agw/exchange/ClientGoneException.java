package dev.agw.exchange;

/// The client left, or broke its request off: there is nobody to answer. Stackless.
public final class ClientGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClientGoneException(String message) {
        super(message, null, false, false);
    }
}
