package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment.Shutdown;
import java.time.Duration;

/// Whether a gateway has the time to end that it was promised.
record ShutdownChecks(Shutdown shutdown, Findings findings) {
    /// What the JVM needs once all is done, and a margin.
    static final Duration MARGIN = Duration.ofSeconds(5);

    void find() {
        wholeSeconds("min", shutdown.min());
        wholeSeconds("max", shutdown.max());
        wholeSeconds("preStop", shutdown.preStop());
        wholeSeconds("gracePeriod", shutdown.gracePeriod());
        if (shutdown.min().compareTo(shutdown.max()) > 0) {
            findings.error(
                    "deployment.shutdown.min",
                    "min of %s s is above max of %s s".formatted(seconds(shutdown.min()), seconds(shutdown.max())),
                    "lower it");
        }
        Duration needed = shutdown.preStop().plus(shutdown.max()).plus(MARGIN);
        if (shutdown.gracePeriod().compareTo(needed) < 0) {
            findings.error(
                    "deployment.shutdown.gracePeriod",
                    "Kubernetes kills a gateway after %s s, which drains until preStop of %s s and max of %s s are over"
                            .formatted(
                                    seconds(shutdown.gracePeriod()),
                                    seconds(shutdown.preStop()),
                                    seconds(shutdown.max())),
                    "with 5 s more for the end itself: gracePeriod: " + seconds(needed) + "s");
        }
    }

    private void wholeSeconds(String name, Duration time) {
        if (time.toNanosPart() != 0) {
            findings.error("deployment.shutdown." + name, "Kubernetes counts whole seconds", "");
        }
    }

    private static String seconds(Duration time) {
        return Long.toString(time.toSeconds());
    }
}
