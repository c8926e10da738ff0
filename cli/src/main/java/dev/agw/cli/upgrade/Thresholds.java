package dev.agw.cli.upgrade;

import java.time.Duration;

/// Where checks draw their lines.
///
/// @param traffic of the ratios of traffic
/// @param drain of what an end of a pod costs
/// @param observed how long a pod has to run before it counts as stable
/// @param series how much more series than in the baseline are too many, as a factor
public record Thresholds(Traffic traffic, Drain drain, Duration observed, double series) {
    /// As the production guide has them.
    public static final Thresholds DEFAULTS = new Thresholds(
            new Traffic(20, 50, 0.01, 0.01, 2, 1.5),
            new Drain(5000, 0.01, 0.10, Duration.ofSeconds(60)),
            Duration.ofMinutes(10),
            2);

    /// What traffic has to look like.
    ///
    /// @param minRequests below which a ratio of errors tells nothing
    /// @param minRequestsPerVersion the same of one version
    /// @param errors share of requests that may fail by the gateway's own fault
    /// @param moreErrors by how much that share may be larger in the new version
    /// @param slowerThanBaseline factor that the p95 of the overhead may grow by
    /// @param slowerThanOld factor between the new version and the old one
    public record Traffic(
            int minRequests,
            int minRequestsPerVersion,
            double errors,
            double moreErrors,
            double slowerThanBaseline,
            double slowerThanOld) {}

    /// What the end of a pod may cost.
    ///
    /// @param maxStreams streams that may be in flight
    /// @param warnLost share of streams that an end may cut without a warning
    /// @param maxLost share of streams that an end may cut at all
    /// @param time for running requests, where no configuration tells
    public record Drain(int maxStreams, double warnLost, double maxLost, Duration time) {}
}
