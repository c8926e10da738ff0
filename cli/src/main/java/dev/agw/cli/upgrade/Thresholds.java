package dev.agw.cli.upgrade;

import dev.agw.cli.operations.Amount;
import dev.agw.cli.operations.Deployment;
import dev.agw.cli.operations.Operations;
import dev.agw.cli.operations.OperationsReader;
import dev.agw.cli.operations.Upgrade;
import java.time.Duration;
import java.util.Optional;

/// Where checks draw their lines, as numbers: shares of 1, seconds as durations.
///
/// @param traffic of the ratios of traffic
/// @param drain of what an end of a pod costs
/// @param capacity of what a pod can take
/// @param times how long things may take
/// @param series how much more series than in the baseline are too many, as a factor
/// @param rendered what manifests are rendered from, so that the cluster can be compared with it; empty if nobody told
public record Thresholds(
        Traffic traffic, Drain drain, Capacity capacity, Times times, double series, Optional<Deployment> rendered) {
    /// As the production guide has them: what a file of values has that says nothing.
    public static final Thresholds DEFAULTS =
            of(OperationsReader.parse("defaults", "").values().orElseThrow().upgrade(), Optional.empty());

    /// What traffic has to look like.
    ///
    /// @param minRequests below which a ratio of errors tells nothing
    /// @param minRequestsPerVersion the same of one version
    /// @param errors share of requests that may fail by the gateway's own fault
    /// @param moreErrors by how much that share may be larger in the new version
    /// @param slowerThanBaseline factor that the p95 of the overhead may grow by
    /// @param slowerThanOld factor between the new version and the old one
    /// @param warmUp how long a process runs before its times are compared
    /// @param peak share of the week's peak that is too much traffic
    public record Traffic(
            int minRequests,
            int minRequestsPerVersion,
            double errors,
            double moreErrors,
            double slowerThanBaseline,
            double slowerThanOld,
            Duration warmUp,
            double peak) {
        static Traffic of(Upgrade.Traffic values) {
            return new Traffic(
                    values.minRequests(),
                    values.minRequestsPerVersion(),
                    values.errors().value(),
                    values.moreErrors().value(),
                    values.slowerThanBaseline().value(),
                    values.slowerThanOld().value(),
                    values.warmUp(),
                    values.peak().value());
        }
    }

    /// What the end of a pod may cost.
    ///
    /// @param maxStreams streams that may be in flight
    /// @param warnLost share of streams that an end may cut without a warning
    /// @param maxLost share of streams that an end may cut at all
    /// @param deregistration how long a load balancer sends on to a pod that is leaving; empty if nobody told
    public record Drain(int maxStreams, double warnLost, double maxLost, Optional<Duration> deregistration) {
        static Drain of(Upgrade.Drain values) {
            return new Drain(
                    values.maxStreams(),
                    values.warnLost().value(),
                    values.maxLost().value(),
                    values.lbDeregistration());
        }
    }

    /// What a pod can take.
    ///
    /// @param cpu share of its CPU
    /// @param streams streams at once
    public record Capacity(double cpu, int streams) {}

    /// How long things may take.
    ///
    /// @param observed how long a pod has to run before it counts as stable
    /// @param ready how long a new pod may take until it is ready
    /// @param skew how far clocks may be apart
    /// @param certificate how long a certificate is still to hold
    /// @param certificateAtLeast how long it must still hold
    public record Times(
            Duration observed, Duration ready, Duration skew, Duration certificate, Duration certificateAtLeast) {
        static Times of(Upgrade.Times values) {
            return new Times(
                    values.observed(),
                    values.readyWithin(),
                    values.clockSkew(),
                    span(values.certificate()),
                    span(values.certificateAtLeast()));
        }

        private static Duration span(Amount amount) {
            return Duration.ofSeconds((long) amount.value());
        }
    }

    /// What a file of values says.
    public static Thresholds of(Operations values) {
        return of(values.upgrade(), Optional.of(values.deployment()));
    }

    private static Thresholds of(Upgrade values, Optional<Deployment> rendered) {
        return new Thresholds(
                Traffic.of(values.traffic()),
                Drain.of(values.drain()),
                new Capacity(values.capacity().cpu().value(), values.capacity().streams()),
                Times.of(values.times()),
                values.series().value(),
                rendered);
    }

    /// The same, where the command line says something else.
    ///
    /// @param maxStreams streams that may be in flight
    /// @param deregistration how long a load balancer sends on to a pod that is leaving
    public Thresholds with(Optional<Integer> maxStreams, Optional<Duration> deregistration) {
        Drain other = new Drain(
                maxStreams.orElse(drain.maxStreams()),
                drain.warnLost(),
                drain.maxLost(),
                deregistration.or(drain::deregistration));
        return new Thresholds(traffic, other, capacity, times, series, rendered);
    }
}
