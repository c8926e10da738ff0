package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment;
import java.time.Duration;

/// The times of a gateway's end, in seconds: the same in its settings and in its pods.
final class ShutdownTimes {
    private ShutdownTimes() {}

    static Mark.Slot min(Deployment deployment) {
        return slot(
                "min",
                "that connections are still accepted after SIGTERM",
                deployment.shutdown().min());
    }

    static Mark.Slot max(Deployment deployment) {
        return slot(
                "max",
                "after SIGTERM at which what still runs is cut",
                deployment.shutdown().max());
    }

    static Mark.Slot preStop(Deployment deployment) {
        return slot("preStop", "before SIGTERM", deployment.shutdown().preStop());
    }

    static Mark.Slot grace(Deployment deployment) {
        return slot(
                "grace",
                "until Kubernetes kills a gateway: 5 above preStop and max at least",
                deployment.shutdown().gracePeriod());
    }

    private static Mark.Slot slot(String name, String doc, Duration time) {
        return Mark.Slot.whole(
                "shutdown." + name + "Seconds", "Seconds " + doc + ".", Math.toIntExact(time.toSeconds()));
    }
}
