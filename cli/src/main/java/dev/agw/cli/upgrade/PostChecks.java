package dev.agw.cli.upgrade;

import dev.agw.cli.upgrade.Check.About;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Whether the upgrade is done, and nothing was lost on the way.
final class PostChecks {
    private PostChecks() {}

    static List<Check> all() {
        return List.of(
                check(
                        "AGW3001 all-on-target",
                        "Reads agentgateway_build_info of every pod.",
                        "kubectl rollout status tells what holds the others up",
                        Pods.all((pods, snapshot, aim) -> onTarget(pods, aim.to()))),
                check(
                        "AGW3002 stable",
                        "Reads process_start_time_seconds of every pod: which began anew within the window, and which"
                                + " have not run for long enough to tell.",
                        "look at what the pods that began anew logged last; else wait",
                        Pods.all(PostChecks::stable)),
                check(
                        "AGW3003 baseline",
                        "Compares the share of failed requests and the p95 of the gateway's own time with the"
                                + " baseline.",
                        "kubectl rollout undo",
                        Pods.all(PostChecks::regression)),
                check(
                        "AGW3004 metric-set",
                        "Compares the names of all metrics with what this version should show and with the baseline,"
                                + " and the number of series that a pod has with the baseline.",
                        "look which label has the new values; metrics.seriesCap bounds each family",
                        Pods.all(PostChecks::metricSet)));
    }

    private static Check check(String name, String docs, String remedy, Logic logic) {
        return new Check(Category.POST, new About(name, Status.FAIL, docs, remedy), logic);
    }

    private static Finding onTarget(List<PodMetrics> pods, String target) {
        List<PodMetrics> others =
                pods.stream().filter(pod -> !pod.version().equals(target)).toList();
        if (others.isEmpty()) {
            return Finding.pass("all of " + pods.size() + " run " + target);
        }
        List<String> each = VersionChecks.each(others);
        return others.stream().allMatch(pod -> pod.version().isEmpty())
                ? Finding.unknown("some pods tell no version").with(each)
                : Finding.fail(others.size() + " of " + pods.size() + " run another version", "all on " + target)
                        .with(each);
    }

    private static Finding stable(List<PodMetrics> pods, Snapshot snapshot, Aim aim) {
        List<String> anew =
                pods.stream().filter(PodMetrics::restarted).map(PodMetrics::pod).toList();
        if (!anew.isEmpty()) {
            return Finding.fail(anew.size() + " pods began anew within the window", "none")
                    .with(anew);
        }
        double youngest = pods.stream().mapToDouble(PodMetrics::started).max().orElse(Double.NaN);
        if (Double.isNaN(youngest)) {
            return Finding.unknown("not every pod tells when it began");
        }
        Duration age = Duration.ofMillis((long) (snapshot.at().toEpochMilli() - youngest * 1000));
        Duration enough = aim.limits().times().observed();
        String observed = "the youngest pod runs for " + age.toSeconds() + " s";
        return age.compareTo(enough) < 0
                ? Finding.warn(observed, "at least " + enough.toSeconds() + " s")
                : Finding.pass(observed);
    }

    private static Finding regression(List<PodMetrics> pods, Snapshot snapshot, Aim aim) {
        if (!(snapshot.baseline() instanceof Part.Read<Baseline>(Baseline before))) {
            return Finding.absent(snapshot.baseline());
        }
        Thresholds.Traffic limits = aim.limits().traffic();
        Errors now = Errors.of(pods);
        if (now.all() < limits.minRequests() || before.errors().all() < limits.minRequests()) {
            return Finding.unknown("too few requests to tell: " + Figures.count(now.all()) + " now, "
                    + Figures.count(before.errors().all()) + " in the baseline");
        }
        String observed = Figures.percent(now.ratio()) + " fail, "
                + Figures.percent(before.errors().ratio()) + " before";
        return now.ratio() > before.errors().ratio() + limits.moreErrors()
                ? Finding.fail(observed, "at most " + Figures.percent(limits.moreErrors()) + " more")
                : TrafficChecks.slower(TrafficChecks.overhead(pods), before.overhead(), limits.slowerThanBaseline());
    }

    private static Finding metricSet(List<PodMetrics> pods, Snapshot snapshot, Aim aim) {
        List<String> missing = new ArrayList<>();
        for (PodMetrics pod : pods) {
            Set<String> names = pod.now().names();
            KnownMetrics.always().stream()
                    .filter(name -> !names.contains(name))
                    .forEach(name -> missing.add(pod.pod() + ": no " + name));
        }
        if (!missing.isEmpty()) {
            return Finding.fail(missing.size() + " metrics are missing", "every metric of the catalogue without labels")
                    .with(missing);
        }
        return snapshot.baseline() instanceof Part.Read<Baseline>(Baseline before)
                ? changed(before.series(), Baseline.series(pods), aim.limits().series())
                : Finding.pass("every metric of the catalogue without labels is there; no baseline to compare with");
    }

    private static Finding changed(Map<String, Integer> before, Map<String, Integer> now, double factor) {
        List<String> evidence = new ArrayList<>();
        for (String name : new TreeSet<>(before.keySet())) {
            int was = before.getOrDefault(name, 0);
            int is = now.getOrDefault(name, 0);
            if (is == 0 || is > was * factor) {
                evidence.add(name + ": " + was + " series in a pod before, " + is + " now");
            }
        }
        return evidence.isEmpty()
                ? Finding.pass("the same metrics as in the baseline")
                : Finding.warn(evidence.size() + " metrics differ from the baseline", "none")
                        .with(evidence);
    }
}
