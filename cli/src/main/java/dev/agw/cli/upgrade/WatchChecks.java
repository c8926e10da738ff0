package dev.agw.cli.upgrade;

import dev.agw.cli.exposition.Overrun;
import dev.agw.cli.upgrade.Check.About;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether the new version does as well as the old one, while both run.
final class WatchChecks {
    private static final String CUT = "agentgateway_drain_cut_requests_total";
    private static final String REMEDY = "kubectl rollout undo";

    /// The pods of the target's version, and the others.
    private record Sides(List<PodMetrics> target, List<PodMetrics> others) {
        static Sides of(List<PodMetrics> pods, String version) {
            return new Sides(
                    pods.stream().filter(pod -> pod.version().equals(version)).toList(),
                    pods.stream().filter(pod -> !pod.version().equals(version)).toList());
        }
    }

    private interface Compare {
        Finding of(Sides sides, Thresholds.Traffic limits, Instant now);
    }

    private WatchChecks() {}

    static List<Check> all() {
        return List.of(
                check(
                        "AGW2003 error-delta",
                        "Compares the share of requests that failed by the gateway's own fault, by version.",
                        REMEDY,
                        compared(WatchChecks::errors)),
                check(
                        "AGW2004 latency-delta",
                        "Compares the p95 of the gateway's own time, by version.",
                        REMEDY,
                        compared(WatchChecks::latency)),
                check(
                        "AGW2005 stream-aborts",
                        "Compares the requests that draining pods cut within the window with what the durations of"
                                + " requests predict.",
                        "pause the rollout (kubectl rollout pause), and raise shutdown.max and the grace period",
                        Pods.all(WatchChecks::aborts)),
                check(
                        "AGW2006 disconnect-kinds",
                        "Ends of the stream from the control plane by an error, beside pods that began anew.",
                        "look at the control plane: its rollout ends streams in order",
                        Pods.all((pods, snapshot, aim) -> disconnects(pods))));
    }

    private static Check check(String name, String docs, String remedy, Logic logic) {
        return new Check(Category.WATCH, new About(name, Status.FAIL, docs, remedy), logic);
    }

    private static Logic compared(Compare compare) {
        return Pods.all((pods, snapshot, aim) -> {
            Sides sides = Sides.of(pods, aim.to());
            return sides.target().isEmpty() || sides.others().isEmpty()
                    ? Finding.skip("one version runs, so there is nothing to compare")
                    : compare.of(sides, aim.limits().traffic(), snapshot.at());
        });
    }

    private static Finding errors(Sides sides, Thresholds.Traffic limits, Instant now) {
        Errors fresh = Errors.of(sides.target());
        Errors old = Errors.of(sides.others());
        if (Math.min(fresh.all(), old.all()) < limits.minRequestsPerVersion()) {
            return Finding.unknown("fewer than " + limits.minRequestsPerVersion() + " requests of a version: "
                    + Figures.count(fresh.all()) + " of the new, " + Figures.count(old.all()) + " of the old");
        }
        String observed = Figures.percent(fresh.ratio()) + " fail in the new version, " + Figures.percent(old.ratio())
                + " in the old";
        return fresh.ratio() > old.ratio() + limits.moreErrors()
                ? Finding.fail(observed, "at most " + Figures.percent(limits.moreErrors()) + " more")
                : Finding.pass(observed);
    }

    /// A JVM that has just begun is slower than one that has compiled what it runs, whatever its version.
    private static Finding latency(Sides sides, Thresholds.Traffic limits, Instant now) {
        double latest = now.minus(limits.warmUp()).getEpochSecond();
        List<PodMetrics> warm =
                sides.target().stream().filter(pod -> !(pod.started() > latest)).toList();
        if (warm.isEmpty()) {
            return Finding.unknown(
                    "no pod of the new version runs for " + limits.warmUp().toSeconds() + " s yet");
        }
        return TrafficChecks.slower(
                TrafficChecks.overhead(warm), TrafficChecks.overhead(sides.others()), limits.slowerThanOld());
    }

    private static Finding aborts(List<PodMetrics> pods, Snapshot snapshot, Aim aim) {
        if (pods.stream().anyMatch(pod -> !pod.now().has(CUT))) {
            return Finding.unknown("not every pod tells how many requests it cut");
        }
        double cut = pods.stream()
                .filter(pod -> pod.before().isPresent() || snapshot.window().isZero())
                .mapToDouble(pod -> pod.growth(CUT, sample -> true))
                .sum();
        if (cut == 0) {
            return Finding.pass("no request was cut");
        }
        Optional<Overrun> share =
                DrainChecks.lost(pods, DrainInForce.of(snapshot, aim).max());
        if (share.isEmpty()) {
            return Finding.unknown(Figures.count(cut) + " requests were cut, and no duration tells how many to expect");
        }
        double expected = Math.max(1, share.get().most() * DrainChecks.streams(pods));
        String observed =
                Figures.count(cut) + " requests were cut, " + Figures.count(expected) + " were to be expected";
        return cut > 2 * expected
                ? Finding.fail(observed, "at most twice as many as expected")
                : Finding.pass(observed);
    }

    private static Finding disconnects(List<PodMetrics> pods) {
        if (pods.stream().noneMatch(pod -> pod.now().has(TrafficChecks.TERMINATIONS))) {
            return Finding.skip("no pod has lost a control plane");
        }
        double errors = pods.stream()
                .mapToDouble(pod -> pod.growth(
                        TrafficChecks.TERMINATIONS, end -> end.label("reason").endsWith("Error")))
                .sum();
        long restarted = pods.stream().filter(PodMetrics::restarted).count();
        String observed = Figures.count(errors) + " streams ended by an error, " + restarted + " pods began anew";
        return errors > restarted
                ? Finding.fail(observed, "at most one for each pod that began anew")
                : Finding.pass(observed);
    }
}
