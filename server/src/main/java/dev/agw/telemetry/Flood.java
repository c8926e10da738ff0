package dev.agw.telemetry;

/// Frames of which a client or a backend of HTTP/2 sent so many that its connection was cut off.
public enum Flood {
    /// Streams begun and given up at once, or made to be reset; of a backend, frames of streams that are over.
    RAPID_RESET("rapid_reset"),
    /// A header block without end.
    CONTINUATION("continuation"),
    /// Of a backend, GOAWAY, too.
    SETTINGS("settings"),
    PING("ping"),
    /// DATA without bytes.
    EMPTY_FRAME("empty_frame"),
    WINDOW_UPDATE("window_update"),
    /// PRIORITY, and frames of unknown types: nothing is done for either.
    PRIORITY("priority");

    private final String label;

    Flood(String label) {
        this.label = label;
    }

    /// The word as it stands in metrics.
    public String label() {
        return label;
    }
}
