package dev.agw.cli.upgrade;

import java.time.Duration;

/// How a gateway ends that was told to.
///
/// @param min how long it still takes connections: `shutdown.min`
/// @param max how long running requests may go on: `shutdown.max`
/// @param source who says so
public record Shutdown(Duration min, Duration max, Source source) {
    /// What it does where nothing says otherwise.
    public static final Shutdown DEFAULTS =
            new Shutdown(Duration.ofSeconds(10), Duration.ofSeconds(60), Source.ASSUMED);

    /// Who says how a gateway ends; an earlier one wins over a later one.
    public enum Source {
        PARAMETERS("as the parameters say"),
        ENVIRONMENT("as the environment of the container says"),
        SETTINGS("as the settings say"),
        VALUES("as the values say"),
        /// Nobody who was asked: it is what a gateway does by itself.
        ASSUMED("assumed, as nothing tells it: --config does");

        private final String words;

        Source(String words) {
            this.words = words;
        }
    }

    /// What those times are known from, to be put behind them: `as the settings say`.
    String origin() {
        return source.words;
    }
}
