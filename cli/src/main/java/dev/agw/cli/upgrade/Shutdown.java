package dev.agw.cli.upgrade;

import java.time.Duration;

/// How a gateway ends that was told to.
///
/// @param min how long it still takes connections: `shutdown.min`
/// @param max how long running requests may go on: `shutdown.max`
public record Shutdown(Duration min, Duration max) {
    /// What it does where no settings say otherwise.
    public static final Shutdown DEFAULTS = new Shutdown(Duration.ofSeconds(10), Duration.ofSeconds(60));
}
