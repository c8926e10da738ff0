package dev.agw.cli.upgrade;

import dev.agw.cli.exposition.Overrun;
import dev.agw.cli.upgrade.Check.About;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What ends of pods cost.
final class DrainChecks {
    private static final String DURATION = "agentgateway_request_duration_seconds";
    private static final String STREAMS = "agentgateway_streams_in_flight";

    private DrainChecks() {}

    static List<Check> all() {
        return List.of(new Check(
                Category.DISRUPTION,
                new About(
                        "AGW1208 drain-vs-streams",
                        Status.FAIL,
                        "Works out, from the histogram of durations within the window, which share of what is under"
                                + " way when a pod is told to end goes on for longer than shutdown.max: E[(X-D)+]/E[X].",
                        "raise shutdown.max and with it the grace period, or upgrade while few long streams run"),
                Pods.all(DrainChecks::lost)));
    }

    private static Finding lost(List<PodMetrics> pods, Snapshot snapshot, Aim aim) {
        Duration deadline = deadline(snapshot, aim);
        Optional<Overrun> known = lost(pods, deadline);
        if (known.isEmpty()) {
            return Finding.unknown("no request ended within the window");
        }
        Overrun share = known.get();
        double perPod = share.likely() * streams(pods) / pods.size();
        String observed = "an end after " + deadline.toSeconds() + " s cuts " + share.text(Figures::percent)
                + " of what is under way, " + Figures.count(perPod) + " streams per pod now";
        Thresholds.Drain limits = aim.limits().drain();
        if (share.least() > limits.maxLost()) {
            return Finding.fail(observed, "at most " + Figures.percent(limits.maxLost()));
        }
        return share.likely() > limits.warnLost()
                ? Finding.warn(observed, "at most " + Figures.percent(limits.warnLost()))
                : Finding.pass(observed);
    }

    /// The share of what is under way that an end cuts.
    static Optional<Overrun> lost(List<PodMetrics> pods, Duration deadline) {
        return Growths.of(pods, DURATION).overrun(deadline.toMillis() / 1000.0);
    }

    /// How long running requests may go on.
    static Duration deadline(Snapshot snapshot, Aim aim) {
        return snapshot.config() instanceof Part.Read<ConfigReading>(ConfigReading config)
                ? config.drain()
                : aim.limits().drain().time();
    }

    /// Streams that are under way now.
    static double streams(List<PodMetrics> pods) {
        return pods.stream().mapToDouble(pod -> pod.gauge(STREAMS)).sum();
    }
}
