package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.upgrade.Check.About;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How the pods of the new revision do, and whether those of old ones are gone.
final class RevisionChecks {
    private static final String HASH = "pod-template-hash";
    private static final String NUMBER = "deployment.kubernetes.io/revision";

    private RevisionChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        Category.WATCH,
                        new About(
                                "AGW2002 new-pod-health",
                                Status.FAIL,
                                "Looks at the pods of the newest revision: which cannot start, and which are not ready"
                                        + " though they had the time.",
                                "kubectl rollout undo; kubectl logs tells why"),
                        Fleet.one(RevisionChecks::fresh)),
                new Check(
                        Category.POST,
                        new About(
                                "AGW3008 old-rs-zero",
                                Status.WARN,
                                "Looks for replica sets of older revisions that still have pods: those drain, or"
                                        + " nobody told them to.",
                                "wait until they have drained; kubectl get rs shows them"),
                        Fleet.one(RevisionChecks::old)));
    }

    /// The newest of the deployment's revisions that were read.
    private static Optional<JsonNode> newest(Fleet fleet, Snapshot snapshot) {
        return fleet.mine(snapshot.items("replicasets")).stream()
                .max(Comparator.comparingLong(
                        set -> set.at("/metadata/annotations").path(NUMBER).asLong()));
    }

    private static Finding fresh(Fleet fleet, Snapshot snapshot, Aim aim) {
        if (!(snapshot.objects("pods") instanceof Part.Read<JsonNode>)) {
            return Finding.absent(snapshot.objects("pods"));
        }
        String hash = newest(fleet, snapshot)
                .map(set -> set.at("/metadata/labels").path(HASH).asText())
                .orElse("");
        List<JsonNode> pods = fleet.podsOf(snapshot).stream()
                .filter(pod -> hash.isEmpty()
                        || pod.at("/metadata/labels").path(HASH).asText().equals(hash))
                .toList();
        List<String> stuck = WorkloadChecks.stuck(pods);
        if (!stuck.isEmpty()) {
            return Finding.fail(stuck.size() + " containers cannot start", "none")
                    .with(stuck);
        }
        return late(pods, snapshot.at(), aim.limits().times().ready());
    }

    private static Finding late(List<JsonNode> pods, Instant now, Duration limit) {
        List<String> late = pods.stream()
                .filter(pod -> !Fleet.reason(pod, "Ready", "False").isEmpty())
                .filter(pod -> age(pod, now).compareTo(limit) > 0)
                .map(pod -> pod.at("/metadata/name").asText() + ": not ready after "
                        + age(pod, now).toSeconds() + " s")
                .toList();
        return late.isEmpty()
                ? Finding.pass(pods.size() + " pods of the newest revision, none late")
                : Finding.fail(late.size() + " pods are late", "ready within " + limit.toSeconds() + " s")
                        .with(late);
    }

    /// Zero if it does not tell.
    private static Duration age(JsonNode object, Instant now) {
        try {
            return Duration.between(
                    Instant.parse(object.at("/metadata/creationTimestamp").asText()), now);
        } catch (DateTimeParseException untold) {
            return Duration.ZERO;
        }
    }

    private static Finding old(Fleet fleet, Snapshot snapshot, Aim aim) {
        if (!(snapshot.objects("replicasets") instanceof Part.Read<JsonNode>)) {
            return Finding.absent(snapshot.objects("replicasets"));
        }
        Optional<JsonNode> newest = newest(fleet, snapshot);
        List<String> left = new ArrayList<>();
        for (JsonNode set : fleet.mine(snapshot.items("replicasets"))) {
            int pods = set.at("/status/replicas").asInt();
            if (pods > 0 && !Optional.of(set).equals(newest)) {
                left.add(set.at("/metadata/name").asText() + ": " + pods + " pods, "
                        + age(set, snapshot.at()).toMinutes() + " min old");
            }
        }
        return left.isEmpty()
                ? Finding.pass("no older revision has pods")
                : Finding.warn(left.size() + " older revisions still have pods", "none")
                        .with(left);
    }
}
