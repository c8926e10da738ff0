package dev.agw.cli.manifest;

import dev.agw.cli.operations.Deployment;
import dev.agw.cli.operations.Deployment.Autoscaling;
import java.time.Duration;

/// Whether number of gateways, autoscaler and budget fit each other.
record ScalingChecks(Deployment deployment, Findings findings) {
    private static final String BUDGET = "deployment.disruption.";
    private static final Duration LONGEST_LOOK_BACK = Duration.ofHours(1);
    private static final Duration LONGEST_PERIOD = Duration.ofMinutes(30);

    void find() {
        if (deployment.autoscaling().enabled()) {
            autoscaling(deployment.autoscaling());
        } else if (deployment.fewest() < 2) {
            findings.warning(
                    "deployment.replicas",
                    "with " + deployment.fewest() + " gateway every drain of its node is a gap",
                    "run 2 at least");
        }
        budget();
    }

    private void autoscaling(Autoscaling values) {
        if (deployment.replicas().isPresent()) {
            findings.error(
                    "deployment.replicas",
                    "stands beside an autoscaler: every apply would set its number of gateways back",
                    "leave it out, or say autoscaling: {enabled: false}");
        }
        if (values.minReplicas() > values.maxReplicas()) {
            findings.error(
                    "deployment.autoscaling.minReplicas",
                    values.minReplicas() + " is above maxReplicas of " + values.maxReplicas(),
                    "");
        }
        if (values.minReplicas() < 2) {
            findings.error(
                    "deployment.autoscaling.minReplicas",
                    "of a single gateway a PodDisruptionBudget keeps nothing, or blocks every drain",
                    "minReplicas: 2");
        }
        if (values.connections().isPresent() && values.adapter().equals("none")) {
            findings.error(
                    "deployment.autoscaling.connections",
                    "Kubernetes knows nothing of connections by itself: without an adapter the autoscaler never takes"
                            + " gateways away",
                    "install one that serves " + Autoscaler.CONNECTIONS + ", and name it: adapter: prometheus-adapter");
        }
        speed("up", values.up().stabilization(), values.up().period());
        speed("down", values.down().stabilization(), values.down().period());
    }

    private void speed(String direction, Duration stabilization, Duration period) {
        String field = "deployment.autoscaling." + direction;
        if (stabilization.compareTo(LONGEST_LOOK_BACK) > 0) {
            findings.error(field + ".stabilization", "Kubernetes looks back an hour at most", "");
        }
        if (period.toSeconds() < 1 || period.compareTo(LONGEST_PERIOD) > 0) {
            findings.error(field + ".period", "Kubernetes takes 1 s to 30 m", "");
        }
    }

    private void budget() {
        Deployment.Disruption values = deployment.disruption();
        if (values.minAvailable().isPresent() && values.maxUnavailable().isPresent()) {
            findings.error(
                    BUDGET + Budget.MAX, "stands beside minAvailable, and a budget takes one of them", "leave one out");
        }
        values.minAvailable().ifPresent(some -> check(new Budget(Budget.MIN, some)));
        values.maxUnavailable().ifPresent(some -> check(new Budget(Budget.MAX, some)));
    }

    private void check(Budget budget) {
        int fewest = deployment.fewest();
        int most = deployment.autoscaling().enabled() ? deployment.autoscaling().maxReplicas() : fewest;
        String said = budget.field() + ": " + budget.some() + " lets ";
        if (fewest > 0 && budget.allowed(fewest) == 0) {
            findings.error(
                    BUDGET + budget.field(),
                    said + "none of " + fewest + " gateways be evicted: drains of nodes wait for ever",
                    "maxUnavailable: 1");
        } else if (budget.allowed(most) * 2 > most) {
            findings.warning(
                    BUDGET + budget.field(),
                    said + budget.allowed(most) + " of " + most + " gateways be evicted at once",
                    "maxUnavailable: 25%");
        }
    }
}
