package dev.agw.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/// How long and how often `--phase watch` looks.
final class WatchOptions {
    @Option(
            names = "--interval",
            defaultValue = "10s",
            paramLabel = "TIME",
            description = "Between two looks of the phase watch. Default: ${DEFAULT-VALUE}.")
    private Duration interval = Duration.ZERO;

    @Option(
            names = "--wait",
            defaultValue = "15m",
            paramLabel = "TIME",
            description = "How long the phase watch goes on; 0s for one look. Default: ${DEFAULT-VALUE}.")
    private Duration wait = Duration.ZERO;

    /// Whether more than one look is wanted.
    boolean again() {
        return !wait.isZero();
    }

    Duration interval() {
        return interval;
    }

    /// How long it goes on.
    Duration span() {
        return wait;
    }
}
