package dev.agw.cli.sizing;

/// Numbers that nothing can be worked out from: one sentence for their giver.
public final class SizingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SizingException(String message) {
        super(message);
    }
}
