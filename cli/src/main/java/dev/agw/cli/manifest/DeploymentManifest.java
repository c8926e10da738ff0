package dev.agw.cli.manifest;

import java.util.List;
import java.util.TreeMap;

/// The Deployment of the gateways.
record DeploymentManifest(Plan plan) {
    private static final int MANY = 8;
    private static final int MIN_READY_SECONDS = 10;
    private static final int REVISIONS = 5;
    private static final int PROGRESS_SECONDS = 300;
    private static final int FEW = 2;

    Manifest manifest() {
        return new Manifest(
                "deployment",
                "The guide's own values end a gateway 120 s after the order and let it drain for 110 s; the wait before"
                        + " SIGTERM counts, too, so its 120 s leave 5 s: here preStop, shutdown.max and 5 s at least"
                        + " fit in. Rollouts are kept from taking capacity away by the strategy: a PodDisruptionBudget"
                        + " does not limit them.",
                plan.object("apps/v1", "Deployment", plan.name()).put("spec", spec()));
    }

    private Tree spec() {
        Tree spec = new Tree();
        if (!plan.deployment().autoscaling().enabled()) {
            spec.put(
                    "replicas",
                    Mark.Slot.whole(
                            "replicas",
                            "How many gateways run.",
                            plan.deployment().replicas().orElse(FEW)));
        }
        return spec.put("minReadySeconds", MIN_READY_SECONDS)
                .note(
                        "progressDeadlineSeconds",
                        "Counts from the last gateway that became ready, so it does not depend on their number.",
                        PROGRESS_SECONDS)
                .put("revisionHistoryLimit", REVISIONS)
                .put("selector", Tree.of("matchLabels", plan.selector()))
                .put("strategy", strategy())
                .put("template", template());
    }

    private Tree strategy() {
        Tree rolling = Tree.of("maxUnavailable", 0);
        // From 8 on the cluster's default of 25 % is more.
        if (plan.deployment().fewest() < MANY) {
            rolling.put("maxSurge", 1);
        }
        return Tree.of("type", "RollingUpdate").put("rollingUpdate", rolling);
    }

    private Tree template() {
        return Tree.of("metadata", Tree.of("labels", plan.labels()).put("annotations", annotations()))
                .put("spec", pod());
    }

    private Tree annotations() {
        return new Tree()
                .note(
                        "checksum/config",
                        "Of the settings, which a gateway reads at its start. Manifests are not in it: gateways follow"
                                + " changes of those while they run.",
                        plan.settings().checksum())
                .putAll(Tree.of(new TreeMap<>(plan.operations().naming().annotations())));
    }

    private Tree pod() {
        return Tree.of("serviceAccountName", plan.name())
                .note("automountServiceAccountToken", "A gateway reads files, not the cluster.", false)
                .put("enableServiceLinks", false)
                .put(
                        "imagePullSecrets",
                        plan.deployment().pullSecrets().stream()
                                .map(secret -> Tree.of("name", secret))
                                .toList())
                .note(
                        "terminationGracePeriodSeconds",
                        "Above preStop and shutdown.max together: both count.",
                        ShutdownTimes.grace(plan.deployment()))
                .put("securityContext", security())
                .putAll(new Placement(plan).tree())
                .put("containers", List.of(new Container(plan).tree()))
                .put("volumes", volumes());
    }

    private static Tree security() {
        return Tree.of("runAsNonRoot", true)
                .put("runAsUser", Container.USER)
                .put("runAsGroup", Container.USER)
                .put("seccompProfile", Tree.of("type", "RuntimeDefault"));
    }

    private List<Tree> volumes() {
        return Container.mounts(plan).stream().map(Container.Mount::volume).toList();
    }
}
