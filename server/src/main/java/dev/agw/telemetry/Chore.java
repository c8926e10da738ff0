package dev.agw.telemetry;

/// What is done in the background, beside requests.
public enum Chore {
    /// Ends waits for clients that took too long.
    SWEEP("sweep"),
    /// Takes connections from the operating system.
    ACCEPT("accept"),
    /// Runs the threads of connections and waits for their sockets.
    EVENT_LOOP("event_loop"),
    /// Ends connections to backends that are old, idle or dead.
    POOLS("pools"),
    /// Looks names of backends up, and forgets them.
    DNS("dns"),
    /// Ends copies of requests that take too long.
    MIRRORS("mirrors"),
    /// Forgets the gates of routes that nobody uses.
    ROUTES("routes"),
    /// Looks how full the heap is.
    HEAP("heap"),
    /// Looks whether the configuration has changed.
    CONFIG("config"),
    ACCESS_LOG("access_log"),
    /// Sends spans away.
    TRACING("tracing");

    private final String label;

    Chore(String label) {
        this.label = label;
    }

    /// The word as it stands in metrics.
    public String label() {
        return label;
    }
}
