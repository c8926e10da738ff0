package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How far the way to the target is.
///
/// @param state as a person reads it: `2 of 3 pods run 1.4.0`
/// @param done whether nothing is left to do
public record Rollout(String state, boolean done) {
    /// By the deployment, where there is one, and by what every pod tells of its version.
    public static Rollout of(Snapshot snapshot, String target) {
        Optional<Fleet> fleet = fleet(snapshot);
        Map<String, Part<PodMetrics>> pods = snapshot.pods();
        long there = Pods.read(snapshot).stream()
                .filter(pod -> pod.version().equals(target))
                .count();
        String versions = there + " of " + pods.size() + " pods run " + target;
        boolean all = there == pods.size();
        if (fleet.isEmpty()) {
            return new Rollout(versions, all && !pods.isEmpty());
        }
        Fleet of = fleet.get();
        String state = of.count("updatedReplicas") + " of " + of.desired() + " pods are of the new revision, "
                + of.ready() + " are ready, " + of.count("replicas") + " there";
        return new Rollout(pods.isEmpty() ? state : state + "; " + versions, all && atRest(of));
    }

    private static Optional<Fleet> fleet(Snapshot snapshot) {
        List<JsonNode> deployments = snapshot.items("deployments");
        return deployments.size() == 1 ? Optional.of(new Fleet(deployments.getFirst())) : Optional.empty();
    }

    private static boolean atRest(Fleet fleet) {
        long written = fleet.deployment().at("/metadata/generation").asLong();
        return fleet.count("observedGeneration") >= written
                && fleet.count("updatedReplicas") == fleet.desired()
                && fleet.count("replicas") == fleet.desired()
                && fleet.ready() == fleet.desired();
    }

    /// The command that takes a deployment back to the revision before.
    public static String undo(Snapshot snapshot) {
        return fleet(snapshot)
                .map(fleet -> "kubectl -n " + fleet.namespace() + " rollout undo deployment/" + fleet.name())
                .orElse("kubectl rollout undo deployment/NAME");
    }
}
