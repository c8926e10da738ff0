package dev.agw.cli.manifest;

import dev.agw.cli.operations.CountOrShare;
import dev.agw.cli.operations.Deployment;

/// How many pods may be evicted at a time, as a PodDisruptionBudget says it.
///
/// @param field minAvailable or maxUnavailable
/// @param some how many stay, or may go
record Budget(String field, CountOrShare some) {
    static final String MIN = "minAvailable";
    static final String MAX = "maxUnavailable";
    private static final int MANY = 8;
    private static final CountOrShare ONE = new CountOrShare(1, false);
    private static final CountOrShare A_QUARTER = new CountOrShare(25, true);

    /// The budget of the values, or what is right for so few gateways: one at a time, a quarter from 8 on. The guide's
    /// `minAvailable: 1` lets all but one of ten go at once, and blocks drains where there is only one.
    static Budget of(Deployment.Disruption values, int fewest) {
        return values.minAvailable()
                .map(some -> new Budget(MIN, some))
                .or(() -> values.maxUnavailable().map(some -> new Budget(MAX, some)))
                .orElseGet(() -> new Budget(MAX, fewest < MANY ? ONE : A_QUARTER));
    }

    /// How many of so many healthy pods may go. Percentages round up, of those that stay and of those that go
    /// (https://kubernetes.io/docs/tasks/run-application/configure-pdb/).
    int allowed(int pods) {
        int number = some.of(pods);
        return field.equals(MIN) ? Math.max(0, pods - number) : Math.min(pods, number);
    }
}
