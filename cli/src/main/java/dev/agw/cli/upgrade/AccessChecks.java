package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.upgrade.Check.About;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// Whether the cluster answers, and all that checks want to know.
final class AccessChecks {
    /// `autoscaling/v2` is served from here on.
    private static final int OLDEST = 23;

    /// From here on every version is served that manifests are rendered in.
    private static final int KNOWN_FROM = 25;

    /// The newest release whose API this version has been held against.
    private static final int KNOWN_TO = 35;

    private AccessChecks() {}

    static List<Check> all() {
        return List.of(
                check(
                        "AGW1001 api-reachable",
                        Status.FAIL,
                        "Asks the API of the cluster for its version.",
                        "is the kubeconfig's context the right one, and the cluster running?",
                        (snapshot, aim) -> reachable(snapshot.objects("version"))),
                check(
                        "AGW1002 api-version",
                        Status.FAIL,
                        "Compares the cluster's version with those that serve what manifests are rendered in:"
                                + " autoscaling/v2 from 1.23 on, policy/v1 with all its fields from 1.25 on.",
                        "upgrade the cluster first",
                        (snapshot, aim) -> snapshot.objects("version") instanceof Part.Read<JsonNode>(JsonNode version)
                                ? version(version)
                                : Finding.absent(snapshot.objects("version"))),
                check(
                        "AGW1003 permissions",
                        Status.UNKNOWN,
                        "Lists what the API did not let be read, or did not give; each is unknown to the checks of it.",
                        "add the rules to the Role of whoever asks",
                        (snapshot, aim) -> snapshot.objects("access") instanceof Part.Read<JsonNode>(JsonNode access)
                                ? permitted(access, snapshot)
                                : Finding.absent(snapshot.objects("access"))),
                check(
                        "AGW1004 clock-skew",
                        Status.WARN,
                        "Compares the clock of the API with that of this machine, and with the starts that pods tell:"
                                + " ages and windows are wrong where clocks differ.",
                        "synchronize the clocks (NTP)",
                        (snapshot, aim) -> snapshot.objects("access") instanceof Part.Read<JsonNode>(JsonNode access)
                                ? skew(access, snapshot, aim.limits().times().skew())
                                : Finding.absent(snapshot.objects("access"))));
    }

    private static Check check(String name, Status severity, String docs, String remedy, Logic logic) {
        return new Check(Category.CLUSTER, new About(name, severity, docs, remedy), logic);
    }

    /// The one check that fails where the API is silent: all others do not know.
    private static Finding reachable(Part<JsonNode> version) {
        return switch (version) {
            case Part.Read<JsonNode>(JsonNode read) ->
                Finding.pass("Kubernetes " + read.path("gitVersion").asText());
            case Part.Unreadable<JsonNode>(String why, String remedy) ->
                Finding.fail(why, "an answer").remedied(remedy);
            case Part.NotAsked<JsonNode>(String how) -> Finding.skip(how);
        };
    }

    /// The minor number of a cluster of version 1, which some write as `27+`.
    static int minor(JsonNode version) {
        String digits = version.path("minor").asText().replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private static Finding version(JsonNode version) {
        int minor = minor(version);
        String observed = "Kubernetes 1." + minor;
        if (minor == 0) {
            return Finding.unknown("the answer to /version has no minor number");
        }
        if (minor < OLDEST) {
            return Finding.fail(observed, "at least 1." + OLDEST);
        }
        return minor < KNOWN_FROM || minor > KNOWN_TO
                ? Finding.warn(observed, "1." + KNOWN_FROM + " to 1." + KNOWN_TO)
                : Finding.pass(observed);
    }

    private static Finding permitted(JsonNode access, Snapshot snapshot) {
        List<String> denied = new ArrayList<>();
        access.path("denied").forEach(rule -> denied.add(rule.asText()));
        List<String> lines = new ArrayList<>(denied);
        snapshot.kubernetes().forEach((what, part) -> {
            if (part instanceof Part.Unreadable<JsonNode> failed && !told(failed, denied)) {
                lines.add(what + ": " + failed.why() + (failed.remedy().isEmpty() ? "" : "; " + failed.remedy()));
            }
        });
        return lines.isEmpty()
                ? Finding.pass("all that was asked for may be read")
                : Finding.unknown("kinds of objects that could not be read: " + lines.size())
                        .with(lines);
    }

    /// Whether it is among the rules that are wanting, or another check has it, which its reason then names: what is
    /// not asked for because there is no deployment is no matter of permissions.
    private static boolean told(Part.Unreadable<JsonNode> failed, List<String> denied) {
        return denied.contains(failed.remedy()) || failed.why().contains(": see AGW");
    }

    private static Finding skew(JsonNode access, Snapshot snapshot, Duration limit) {
        try {
            Instant there = ZonedDateTime.parse(access.path("date").asText(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Instant here = Instant.parse(access.path("asked").asText());
            return skew(Duration.between(there, here).abs(), ahead(snapshot, there, limit), limit);
        } catch (DateTimeException none) {
            return Finding.unknown("the API did not tell its time");
        }
    }

    private static Finding skew(Duration apart, List<String> ahead, Duration limit) {
        String observed = "the clocks of the cluster and of this machine are " + apart.toSeconds() + " s apart";
        if (!ahead.isEmpty()) {
            return Finding.warn(
                            observed + ", and pods began after the cluster's now",
                            "at most " + limit.toSeconds() + " s")
                    .with(ahead);
        }
        return apart.compareTo(limit) > 0
                ? Finding.warn(observed, "at most " + limit.toSeconds() + " s")
                : Finding.pass(observed);
    }

    private static List<String> ahead(Snapshot snapshot, Instant now, Duration limit) {
        return Pods.read(snapshot).stream()
                .filter(pod -> pod.started() > now.plus(limit).getEpochSecond())
                .map(PodMetrics::pod)
                .toList();
    }
}
