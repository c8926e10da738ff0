package dev.agw.cli.manifest;

import java.util.ArrayList;
import java.util.List;

/// Where pods go: spread over zones and nodes.
record Placement(Plan plan) {
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String NODE = "kubernetes.io/hostname";

    /// Without this, gateways of both revisions are counted together and a rollout ends skewed.
    private static final String REVISION = "pod-template-hash";

    Tree tree() {
        return new Tree()
                .note(
                        "topologySpreadConstraints",
                        "Unlike the guide's, they count pods of one revision: otherwise a rollout ends skewed. Its"
                                + " preferred anti-affinity says what the second constraint says, and is left out.",
                        spread())
                .put("affinity", affinity());
    }

    /// Over zones, if there are several, and over nodes.
    List<Tree> spread() {
        List<Tree> constraints = new ArrayList<>();
        if (plan.deployment().placement().zones() > 1) {
            constraints.add(constraint(ZONE));
        }
        constraints.add(constraint(NODE));
        return constraints;
    }

    private Tree constraint(String topology) {
        boolean strict = plan.deployment().placement().strict();
        return Tree.of("maxSkew", 1)
                .put("topologyKey", topology)
                .put("whenUnsatisfiable", strict ? "DoNotSchedule" : "ScheduleAnyway")
                .put("labelSelector", Tree.of("matchLabels", plan.selector()))
                .put("matchLabelKeys", List.of(REVISION));
    }

    /// No two on a node, if the values say so.
    Tree affinity() {
        if (!plan.deployment().placement().onePerNode()) {
            return new Tree();
        }
        Tree term = Tree.of("labelSelector", Tree.of("matchLabels", plan.selector()))
                .put("topologyKey", NODE)
                .put("matchLabelKeys", List.of(REVISION));
        return Tree.of("podAntiAffinity", Tree.of("requiredDuringSchedulingIgnoredDuringExecution", List.of(term)));
    }
}
