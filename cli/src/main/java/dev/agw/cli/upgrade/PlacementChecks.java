package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.upgrade.Check.About;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/// Where pods are, and where they may be.
final class PlacementChecks {
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final int ENOUGH_ZONES = 3;

    private PlacementChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        Category.SCALING,
                        new About(
                                "AGW1401 spread-actual",
                                Status.FAIL,
                                "Counts pods by node, and by the zones that nodes are in, if those may be read.",
                                "topologySpreadConstraints with matchLabelKeys: [pod-template-hash]; the descheduler"
                                        + " moves pods that are there already"),
                        spread(true)),
                new Check(
                        Category.SCALING,
                        new About(
                                "AGW1402 spread-constraints",
                                Status.WARN,
                                "Reads the topologySpreadConstraints of the pods.",
                                "one by zone with ScheduleAnyway; DoNotSchedule only where there are three zones or"
                                        + " more"),
                        Fleet.one((fleet, snapshot, aim) -> constraints(fleet, snapshot))),
                new Check(
                        Category.POST,
                        new About(
                                "AGW3005 spread-after",
                                Status.WARN,
                                "Counts pods by zone again: a rollout counts old and new pods together and ends askew"
                                        + " without matchLabelKeys.",
                                "topologySpreadConstraints with matchLabelKeys: [pod-template-hash]"),
                        spread(false)));
    }

    private static Logic spread(boolean fails) {
        return Fleet.one((fleet, snapshot, aim) -> snapshot.objects("pods") instanceof Part.Read<JsonNode>
                ? spread(fleet, snapshot, fails)
                : Finding.absent(snapshot.objects("pods")));
    }

    private static Finding spread(Fleet fleet, Snapshot snapshot, boolean fails) {
        List<JsonNode> pods = fleet.podsOf(snapshot);
        Map<String, Integer> nodes = new TreeMap<>();
        pods.forEach(pod -> nodes.merge(pod.at("/spec/nodeName").asText(), 1, Integer::sum));
        if (fails && nodes.size() == 1 && pods.size() > 1) {
            return Finding.fail("all of " + pods.size() + " pods are on " + nodes, "several nodes");
        }
        Map<String, Integer> zones = zones(pods, snapshot.items("nodes"));
        int skew = zones.isEmpty() ? 0 : Collections.max(zones.values()) - Collections.min(zones.values());
        String observed = zones.isEmpty() ? "by node " + nodes : "by zone " + zones;
        return skew > maxSkew(fleet)
                ? Finding.warn(observed, "at most " + maxSkew(fleet) + " apart")
                : Finding.pass(observed);
    }

    /// Every zone that has a node that takes pods, and how many pods are there; empty if zones are not known.
    private static Map<String, Integer> zones(List<JsonNode> pods, List<JsonNode> nodes) {
        Map<String, String> zoneOf = new TreeMap<>();
        Map<String, Integer> zones = new TreeMap<>();
        for (JsonNode node : nodes) {
            String zone = node.at("/metadata/labels").path(ZONE).asText();
            if (!zone.isEmpty()) {
                zoneOf.put(node.at("/metadata/name").asText(), zone);
            }
            if (!zone.isEmpty() && !node.at("/spec/unschedulable").asBoolean()) {
                zones.putIfAbsent(zone, 0);
            }
        }
        for (JsonNode pod : pods) {
            String zone = zoneOf.getOrDefault(pod.at("/spec/nodeName").asText(), "");
            if (!zone.isEmpty()) {
                zones.merge(zone, 1, Integer::sum);
            }
        }
        return zones;
    }

    private static List<JsonNode> ofZones(Fleet fleet) {
        return StreamSupport.stream(
                        fleet.spec().path("topologySpreadConstraints").spliterator(), false)
                .filter(constraint -> constraint.path("topologyKey").asText().equals(ZONE))
                .toList();
    }

    private static int maxSkew(Fleet fleet) {
        return ofZones(fleet).stream()
                .mapToInt(constraint -> constraint.path("maxSkew").asInt(1))
                .min()
                .orElse(1);
    }

    private static Finding constraints(Fleet fleet, Snapshot snapshot) {
        if (fleet.spec().path("topologySpreadConstraints").isEmpty()) {
            return Finding.warn("pods have no topologySpreadConstraints", "one by zone");
        }
        boolean strict = ofZones(fleet).stream()
                .anyMatch(constraint -> constraint
                        .path("whenUnsatisfiable")
                        .asText("DoNotSchedule")
                        .equals("DoNotSchedule"));
        int zones = zones(List.of(), snapshot.items("nodes")).size();
        return strict && zones > 0 && zones < ENOUGH_ZONES
                ? Finding.warn("DoNotSchedule by zone, and there are " + zones, "ScheduleAnyway, or three zones")
                : Finding.pass("pods are to be spread");
    }
}
