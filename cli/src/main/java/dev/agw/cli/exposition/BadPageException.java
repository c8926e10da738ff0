package dev.agw.cli.exposition;

/// A page that is no page of metrics.
public final class BadPageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadPageException(int line, String expected) {
        super("line " + line + ": " + expected);
    }
}
