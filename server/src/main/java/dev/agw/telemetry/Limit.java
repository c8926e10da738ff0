package dev.agw.telemetry;

/// The limits that turn requests and connections away.
public enum Limit {
    CONNECTIONS("connections"),
    CONNECTIONS_PER_CLIENT("connections_per_client"),
    CONCURRENT_REQUESTS("concurrent_requests"),
    ROUTE_REQUESTS("route_requests"),
    CONCURRENT_STREAMS("concurrent_streams"),
    TARGET_LENGTH("target_length"),
    HEADER_SIZE("header_size"),
    HEADER_COUNT("header_count"),
    BODY_SIZE("body_size"),
    JSON_DEPTH("json_depth"),
    EVENT_SIZE("event_size"),
    POOL_PENDING("pool_pending"),
    /// A new connection said nothing.
    FIRST_BYTE_TIME("first_byte_time"),
    HEAD_TIME("head_time"),
    BODY_TIME("body_time"),
    BODY_RATE("body_rate"),
    IDLE_TIME("idle_time"),
    /// The heap is nearly full.
    HEAP("heap"),
    /// Request bodies fill the memory that is meant for them.
    BODY_MEMORY("body_memory"),
    /// What clients have begun to send, and not ended, fills the memory that is meant for it.
    HEAD_MEMORY("head_memory");

    private final String label;

    Limit(String label) {
        this.label = label;
    }

    /// The word as it stands in metrics.
    public String label() {
        return label;
    }
}
