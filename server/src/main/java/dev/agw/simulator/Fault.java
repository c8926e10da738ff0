package dev.agw.simulator;

import java.util.Locale;
import java.util.Optional;

/// What goes wrong with an answer whose status is 200. "Half way" means after half the tokens of a stream, or after
/// half the bytes of a body.
public enum Fault {
    NONE,
    /// The connection is reset half way.
    RESET,
    /// The connection is reset before the first byte.
    RESET_EARLY,
    /// Nothing ever comes.
    HANG,
    /// Nothing more comes from half way on.
    STALL,
    /// The connection is closed half way, within a chunk or before the announced length.
    TRUNCATE,
    /// The head comes byte by byte, one per token gap, at least 1 ms apart.
    SLOW_HEAD,
    /// A stream ends properly, but without its `data: [DONE]`.
    NO_DONE,
    /// A stream ends half way with an error event; what is no stream fails with status 500.
    ERROR_EVENT,
    /// An event or a body breaks off within its JSON; the framing around it is right.
    BAD_JSON;

    /// Its name in headers and model names: `RESET_EARLY` is `reset-early`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Fault> named(String text) {
        for (Fault fault : values()) {
            if (fault.text().equals(text)) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
