package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agw.cli.upgrade.Check.About;
import java.util.List;

/// What keeps pods while nodes are drained and load comes and goes.
final class BudgetChecks {
    private static final int MARGIN = 5;
    private static final String NO_BUDGET = "no budget selects the pods";
    private static final String NO_SCALER = "no autoscaler aims at the deployment";

    private BudgetChecks() {}

    static List<Check> all() {
        return List.of(
                check(
                        Category.DISRUPTION,
                        "AGW1201 pdb-exists",
                        Status.WARN,
                        "Looks for a PodDisruptionBudget that selects the pods.",
                        "a PodDisruptionBudget with maxUnavailable: 1",
                        Fleet.budgets((fleet, budgets) -> budgets.isEmpty()
                                ? Finding.warn("no budget selects the pods", "one")
                                : Finding.pass("budgets: " + budgets.size()))),
                check(
                        Category.DISRUPTION,
                        "AGW1202 pdb-math",
                        Status.FAIL,
                        "Reads how many pods the budget lets go: desired is the minimum, or those expected less the"
                                + " maximum (a percentage rounds up); allowed is what is healthy above that.",
                        "maxUnavailable: 1 lets nodes drain at any number of replicas",
                        Fleet.one((fleet, snapshot, aim) -> Fleet.budgets((same, budgets) -> blocked(budgets, aim))
                                .of(snapshot, aim))),
                check(
                        Category.DISRUPTION,
                        "AGW1203 pdb-too-loose",
                        Status.WARN,
                        "Compares what the budget lets go with the ready pods.",
                        "maxUnavailable: 1, or a share",
                        Fleet.budgets(BudgetChecks::loose)),
                check(
                        Category.DISRUPTION,
                        "AGW1204 pdb-overlap",
                        Status.FAIL,
                        "Counts the budgets that select the pods: with several, evictions are refused with an error.",
                        "keep one",
                        Fleet.budgets((fleet, budgets) -> budgets.size() > 1
                                ? Finding.fail("budgets: " + budgets.size(), "one")
                                : Finding.pass("budgets: " + budgets.size()))),
                check(
                        Category.DISRUPTION,
                        "AGW1205 pdb-unhealthy-policy",
                        Status.WARN,
                        "Reads unhealthyPodEvictionPolicy: by default pods that are not ready keep a node from being"
                                + " drained.",
                        "unhealthyPodEvictionPolicy: AlwaysAllow",
                        Fleet.budgets((fleet, budgets) -> policy(budgets))),
                check(
                        Category.DISRUPTION,
                        "AGW1206 pdb-not-rollout",
                        Status.PASS,
                        "Tells what limits a rollout: the strategy of the deployment. A budget limits evictions alone.",
                        "none is needed",
                        Fleet.one((fleet, snapshot, aim) -> Finding.pass("a rollout may take "
                                + fleet.allowance("maxUnavailable") + " pods away and add "
                                + fleet.allowance("maxSurge") + ", whatever budgets say"))),
                check(
                        Category.DISRUPTION,
                        "AGW1207 grace-vs-shutdown",
                        Status.FAIL,
                        "Compares terminationGracePeriodSeconds with preStop and shutdown.max: what is longer is"
                                + " killed.",
                        "raise terminationGracePeriodSeconds",
                        Fleet.one(BudgetChecks::grace)),
                check(
                        Category.SCALING,
                        "AGW1301 hpa-health",
                        Status.FAIL,
                        "Reads the conditions of the autoscaler.",
                        "look at the metrics server or adapter that it asks",
                        Fleet.scalers((fleet, scalers) -> health(scalers))),
                check(
                        Category.SCALING,
                        "AGW1302 hpa-at-max",
                        Status.FAIL,
                        "Compares the replicas with the maximum: at it, nothing is left while pods are replaced.",
                        "raise maxReplicas",
                        Fleet.one((fleet, snapshot, aim) -> Fleet.scalers((same, scalers) -> atMax(scalers, aim))
                                .of(snapshot, aim))),
                check(
                        Category.SCALING,
                        "AGW1303 hpa-min",
                        Status.WARN,
                        "Reads minReplicas.",
                        "minReplicas: 2 or more",
                        Fleet.one((fleet, snapshot, aim) -> Fleet.scalers((same, scalers) -> min(scalers, aim))
                                .of(snapshot, aim))));
    }

    private static Check check(
            Category category, String name, Status severity, String docs, String remedy, Logic logic) {
        return new Check(category, new About(name, severity, docs, remedy), logic);
    }

    private static Finding policy(List<JsonNode> budgets) {
        if (budgets.isEmpty()) {
            return Finding.skip(NO_BUDGET);
        }
        boolean always = budgets.stream()
                .allMatch(budget ->
                        budget.at("/spec/unhealthyPodEvictionPolicy").asText().equals("AlwaysAllow"));
        return always
                ? Finding.pass("pods that are not ready may always be evicted")
                : Finding.warn("pods that are not ready keep nodes from being drained", "AlwaysAllow");
    }

    private static Finding blocked(List<JsonNode> budgets, Aim aim) {
        if (budgets.isEmpty()) {
            return Finding.skip(NO_BUDGET);
        }
        List<String> none = budgets.stream()
                .filter(budget -> budget.at("/status/disruptionsAllowed").asInt() == 0)
                .filter(budget -> budget.at("/status/currentHealthy").asInt()
                        >= budget.at("/status/expectedPods").asInt())
                .map(budget -> budget.at("/metadata/name").asText() + ": "
                        + budget.at("/status/currentHealthy").asInt() + " healthy, "
                        + budget.at("/status/desiredHealthy").asInt() + " desired")
                .toList();
        return none.isEmpty()
                ? AsRendered.budget(
                        Finding.pass("pods may be evicted, or are not all healthy"), budgets.getFirst(), aim)
                : Finding.fail("no pod may be evicted though all are healthy", "at least 1")
                        .with(none);
    }

    private static Finding loose(Fleet fleet, List<JsonNode> budgets) {
        if (budgets.isEmpty()) {
            return Finding.skip(NO_BUDGET);
        }
        int allowed = budgets.stream()
                .mapToInt(budget -> budget.at("/status/disruptionsAllowed").asInt())
                .min()
                .orElse(0);
        String observed = allowed + " of " + fleet.ready() + " ready pods may be evicted at once";
        return allowed * 2 > fleet.ready() ? Finding.warn(observed, "at most half") : Finding.pass(observed);
    }

    private static Finding grace(Fleet fleet, Snapshot snapshot, Aim aim) {
        Shutdown shutdown = DrainInForce.of(snapshot, aim);
        long needed = fleet.preStop() + shutdown.max().toSeconds();
        String observed = "grace period " + fleet.grace() + " s, preStop " + fleet.preStop() + " s, shutdown.max "
                + shutdown.max().toSeconds() + " s, " + shutdown.origin();
        if (needed >= fleet.grace()) {
            return Finding.fail(observed, "a grace period of " + (needed + MARGIN) + " s");
        }
        return fleet.grace() - needed < MARGIN
                ? Finding.warn(observed, "a grace period of " + (needed + MARGIN) + " s")
                : AsRendered.grace(Finding.pass(observed), fleet, aim);
    }

    private static Finding health(List<JsonNode> scalers) {
        List<String> wrong = scalers.stream()
                .flatMap(scaler -> List.of(
                        Fleet.reason(scaler, "ScalingActive", "False"), Fleet.reason(scaler, "AbleToScale", "False"))
                        .stream())
                .filter(reason -> !reason.isEmpty() && !reason.equals("ScalingDisabled"))
                .toList();
        if (scalers.isEmpty()) {
            return Finding.skip(NO_SCALER);
        }
        return wrong.isEmpty()
                ? Finding.pass("the autoscaler works")
                : Finding.fail("the autoscaler does not work", "to be active and able to scale")
                        .with(wrong);
    }

    private static Finding atMax(List<JsonNode> scalers, Aim aim) {
        if (scalers.isEmpty()) {
            return Finding.skip(NO_SCALER);
        }
        JsonNode scaler = scalers.getFirst();
        int most = scaler.at("/spec/maxReplicas").asInt();
        int current = scaler.at("/status/currentReplicas").asInt();
        String observed = current + " of at most " + most + " replicas";
        if (current >= most && Fleet.reason(scaler, "ScalingLimited", "True").equals("TooManyReplicas")) {
            return Finding.fail(observed + ", and more are wanted", "room for more");
        }
        return current * 10 >= most * 9
                ? Finding.warn(observed, "at most 90 %")
                : AsRendered.most(Finding.pass(observed), most, aim);
    }

    private static Finding min(List<JsonNode> scalers, Aim aim) {
        if (scalers.isEmpty()) {
            return Finding.skip(NO_SCALER);
        }
        int least = scalers.getFirst().at("/spec/minReplicas").asInt(1);
        String observed = "minReplicas " + least;
        return least < 2 ? Finding.warn(observed, "at least 2") : AsRendered.least(Finding.pass(observed), least, aim);
    }
}
