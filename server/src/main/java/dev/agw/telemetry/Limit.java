package dev.agw.telemetry;

/// The limits that turn requests and connections away.
public enum Limit {
    CONNECTIONS("connections"),
    CONNECTIONS_PER_CLIENT("connections_per_client"),
    CONCURRENT_REQUESTS("concurrent_requests"),
    CONCURRENT_STREAMS("concurrent_streams"),
    TARGET_LENGTH("target_length"),
    HEADER_SIZE("header_size"),
    HEADER_COUNT("header_count"),
    BODY_SIZE("body_size"),
    JSON_DEPTH("json_depth"),
    EVENT_SIZE("event_size"),
    POOL_PENDING("pool_pending");

    private final String label;

    Limit(String label) {
        this.label = label;
    }

    /// The word as it stands in metrics.
    public String label() {
        return label;
    }
}
