package dev.agw.exchange;

/// The expected end of a request without an answer from a backend. Stackless: it is control flow, not a defect.
public final class ExchangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    public ExchangeException(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
