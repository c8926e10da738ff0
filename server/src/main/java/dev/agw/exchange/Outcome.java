package dev.agw.exchange;

/// How an exchange ended.
public enum Outcome {
    /// The answer reached its end.
    COMPLETED("completed"),
    /// The client left before the end.
    CLIENT_GONE("client_gone"),
    /// The backend broke off after the answer had begun.
    UPSTREAM_ABORT("upstream_abort"),
    /// A deadline passed after the answer had begun.
    TIMEOUT("timeout"),
    /// The gateway stopped, or had no memory for what the client sent.
    SHUTDOWN("shutdown");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    /// The word as it stands in metrics and logs.
    public String label() {
        return label;
    }
}
