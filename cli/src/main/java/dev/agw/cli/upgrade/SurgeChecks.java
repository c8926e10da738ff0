package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.upgrade.Check.About;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Whether there is room for the pods that a rollout adds.
final class SurgeChecks {
    private SurgeChecks() {}

    static List<Check> all() {
        return List.of(new Check(
                Category.WORKLOAD,
                new About(
                        "AGW1110 capacity-for-surge",
                        Status.FAIL,
                        "Compares what the pods of maxSurge ask for with what is left of the namespace's quotas, and"
                                + " one pod with what nodes have beside the gateways; pods of others are not known here.",
                        "raise the quota, or lower maxSurge and let maxUnavailable be 1"),
                Fleet.list("resourcequotas", (fleet, quotas, snapshot, aim) -> capacity(fleet, quotas, snapshot))));
    }

    private static Finding capacity(Fleet fleet, List<JsonNode> quotas, Snapshot snapshot) {
        int more = fleet.allowance("maxSurge");
        List<String> full = new ArrayList<>();
        for (JsonNode quota : quotas) {
            quota.at("/status/hard").fieldNames().forEachRemaining(what -> {
                double needed = more * perPod(fleet, what);
                double left = left(quota, what);
                if (needed > left) {
                    full.add(quota.at("/metadata/name").asText() + ": " + Figures.count(needed) + " of " + what
                            + " needed, " + Figures.count(left) + " left");
                }
            });
        }
        if (!full.isEmpty()) {
            return Finding.fail("no quota for " + more + " more pods", "enough").with(full);
        }
        return fits(fleet, snapshot)
                ? Finding.pass("room for " + more + " more pods")
                : Finding.warn("no node has room for one more pod", "one that has");
    }

    private static double left(JsonNode quota, String what) {
        return Sizes.of(quota.at("/status/hard").path(what)).orElse(Double.POSITIVE_INFINITY)
                - Sizes.of(quota.at("/status/used").path(what)).orElse(0);
    }

    /// What one pod takes of a quota.
    private static double perPod(Fleet fleet, String what) {
        return switch (what) {
            case "pods", "count/pods" -> 1;
            case "cpu", "requests.cpu" -> sum(fleet.spec(), "requests", "cpu");
            case "memory", "requests.memory" -> sum(fleet.spec(), "requests", "memory");
            case "limits.cpu" -> sum(fleet.spec(), "limits", "cpu");
            case "limits.memory" -> sum(fleet.spec(), "limits", "memory");
            default -> 0;
        };
    }

    /// What all containers of a pod ask for together.
    static double sum(JsonNode spec, String kind, String what) {
        double sum = 0;
        for (JsonNode container : spec.path("containers")) {
            sum += Sizes.of(container.path("resources").path(kind).path(what)).orElse(0);
        }
        return sum;
    }

    private static boolean fits(Fleet fleet, Snapshot snapshot) {
        List<JsonNode> nodes = snapshot.items("nodes");
        List<JsonNode> pods = snapshot.items("pods");
        return nodes.isEmpty() || nodes.stream().anyMatch(node -> fits(fleet, node, pods));
    }

    private static boolean fits(Fleet fleet, JsonNode node, List<JsonNode> pods) {
        if (node.at("/spec/unschedulable").asBoolean()) {
            return false;
        }
        return List.of("cpu", "memory").stream().allMatch(what -> {
            OptionalDouble all = Sizes.of(node.at("/status/allocatable").path(what));
            double taken = pods.stream()
                    .filter(pod -> pod.at("/spec/nodeName").equals(node.at("/metadata/name")))
                    .mapToDouble(pod -> sum(pod.path("spec"), "requests", what))
                    .sum();
            return all.isEmpty() || all.getAsDouble() - taken >= sum(fleet.spec(), "requests", what);
        });
    }
}
