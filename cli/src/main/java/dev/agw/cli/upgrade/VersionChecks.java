package dev.agw.cli.upgrade;

import dev.agw.cli.upgrade.Check.About;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What runs now, and whether one may go from there to the target.
final class VersionChecks {
    private VersionChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        Category.WORKLOAD,
                        new About(
                                "AGW1106 one-version",
                                Status.FAIL,
                                "Reads agentgateway_build_info of every pod. An upgrade that begins while another one is"
                                        + " under way cannot be judged, and its way back is unclear.",
                                "finish the previous upgrade, or undo it"),
                        Pods.all((pods, snapshot, aim) -> oneVersion(pods))),
                new Check(
                        Category.WORKLOAD,
                        new About(
                                "AGW1107 version-skew",
                                Status.FAIL,
                                "Compares the version that runs with the target. Going back and leaving out minor"
                                        + " releases are not what releases are tested for.",
                                "go through the releases between, one after another"),
                        Pods.all((pods, snapshot, aim) -> skew(versions(pods), aim.to()))));
    }

    static Set<String> versions(List<PodMetrics> pods) {
        return pods.stream().map(PodMetrics::version).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Finding oneVersion(List<PodMetrics> pods) {
        Set<String> versions = versions(pods);
        List<String> each = each(pods);
        if (versions.size() > 1) {
            return Finding.fail(versions.size() + " versions run", "one").with(each);
        }
        return versions.contains("")
                ? Finding.unknown("no pod tells its version").with(each)
                : Finding.pass(
                        "all of " + pods.size() + " run " + versions.iterator().next());
    }

    static List<String> each(List<PodMetrics> pods) {
        return pods.stream()
                .map(pod -> pod.pod() + ": " + (pod.version().isEmpty() ? "tells no version" : pod.version()))
                .toList();
    }

    private static Finding skew(Set<String> versions, String target) {
        String from = versions.iterator().next();
        if (versions.size() > 1) {
            return Finding.unknown("several versions run: " + String.join(", ", versions));
        }
        return ReleaseNumber.of(from)
                .flatMap(old -> ReleaseNumber.of(target).map(to -> skew(old, to, from + " to " + target)))
                .orElseGet(() -> Finding.unknown(
                        "no numbers of releases such as 1.4.2: \"" + from + "\" and \"" + target + "\""));
    }

    private static Finding skew(ReleaseNumber from, ReleaseNumber to, String step) {
        if (to.compareTo(from) < 0) {
            return Finding.fail(step + " goes back", "a target that is newer");
        }
        if (to.compareTo(from) == 0) {
            return Finding.warn(step + ": nothing to do", "a target that is newer");
        }
        if (from.skipsTo(to)) {
            return Finding.fail(step + " leaves out releases", "one minor release at a time");
        }
        return to.released() ? Finding.pass(step) : Finding.warn(step + " is no release yet", "a release");
    }
}
