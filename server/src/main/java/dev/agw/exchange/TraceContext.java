package dev.agw.exchange;

/// The W3C trace context of an exchange: where its span belongs. https://www.w3.org/TR/trace-context/
///
/// @param traceId 32 lower-case hex digits; empty if there is no trace
/// @param parentId 16 hex digits of the caller's span; empty if the trace starts here
/// @param spanId 16 hex digits of this gateway's span; what goes on as parent to the backend
/// @param sampled the sampled flag
public record TraceContext(String traceId, String parentId, String spanId, boolean sampled) {
    /// No trace.
    public static final TraceContext NONE = new TraceContext("", "", "", false);

    public boolean exists() {
        return !traceId.isEmpty();
    }

    /// The `traceparent` field to send on.
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
