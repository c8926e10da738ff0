package dev.agw.telemetry;

/// Why a connection whose bytes were to be handed on was closed instead.
public enum CarryFailure {
    /// No TLSRoute is for the name that the client asked for.
    NO_ROUTE("no_route"),
    /// The route has no backend that could be connected to.
    NO_BACKEND("no_backend");

    private final String label;

    CarryFailure(String label) {
        this.label = label;
    }

    /// The word as it stands in metrics.
    public String label() {
        return label;
    }
}
