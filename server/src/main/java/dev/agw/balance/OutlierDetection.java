package dev.agw.balance;

import java.time.Duration;

/// When an endpoint is left out because it keeps failing; the meaning is Envoy's.
/// https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/outlier
///
/// Without it nothing is ever left out; an endpoint that could not be connected to is then merely tried last for
/// [EndpointHealth#AVOIDED].
///
/// @param consecutiveErrors failures in a row that eject an endpoint: answers of status 5xx, and calls without an
///     answer unless `splitLocalErrors`; 0 for never
/// @param interval an endpoint that has been back for so long counts one ejection less when its next one is
///     measured
/// @param baseEjectionTime of the first ejection; the n-th in a row lasts n times as long, up to ten times
/// @param maxEjectionPercent most endpoints of a backend that are out at once, in percent. One of several may
///     always be; a sole endpoint only at 100, for otherwise ejecting it would be an outage made here
/// @param splitLocalErrors whether calls without an answer are counted apart from answers of status 5xx
/// @param consecutiveLocalErrors calls without an answer in a row that eject, if they are counted apart; 0 for
///     never
public record OutlierDetection(
        int consecutiveErrors,
        Duration interval,
        Duration baseEjectionTime,
        int maxEjectionPercent,
        boolean splitLocalErrors,
        int consecutiveLocalErrors) {
    /// Five in a row, every 10 s, for 30 s, half of the endpoints, counted together.
    public static final OutlierDetection DEFAULT =
            new OutlierDetection(5, Duration.ofSeconds(10), Duration.ofSeconds(30), 50, false, 5);

    private static final int LONGEST = 10;

    /// Whether one more of `total` endpoints may be ejected while `ejected` are.
    boolean allows(int ejected, int total) {
        return (ejected + 1) * 100L <= (long) maxEjectionPercent * total
                || (ejected == 0 && total > 1 && maxEjectionPercent > 0);
    }

    /// The ejection that follows `last`.
    EndpointHealth.Ejection next(EndpointHealth.Ejection last, long now) {
        long forgiven = last.times() == 0 ? 0 : (now - last.until()) / Math.max(1, interval.toNanos());
        int times = Math.clamp(last.times() - forgiven + 1, 1, LONGEST);
        return new EndpointHealth.Ejection(times, now + times * baseEjectionTime.toNanos());
    }
}
