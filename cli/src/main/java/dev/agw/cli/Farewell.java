package dev.agw.cli;

import dev.agw.gateway.Ending;
import java.time.Duration;

/// What a gateway says when it is told to end.
final class Farewell {
    private Farewell() {}

    /// One line: what it waits for, and how to have it end without that.
    static String text(Ending ending, Signals.Kind signal) {
        String again = signal == Signals.Kind.INT ? "Ctrl-C" : "signal";
        return "agw: ending" + waits(ending) + "; a second " + again + " ends it now";
    }

    private static String waits(Ending ending) {
        String latest = ", in " + time(ending.max()) + " at the latest";
        if (!ending.min().isZero()) {
            return ": takes connections for " + time(ending.min())
                    + ", until load balancers look elsewhere, and waits for running requests (now "
                    + ending.requests() + ")" + latest;
        }
        return switch (ending.requests()) {
            case 0 -> ", as no request runs";
            case 1 -> " when 1 request has come to its end" + latest;
            default -> " when " + ending.requests() + " requests have come to their end" + latest;
        };
    }

    private static String time(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
