package dev.agw.cli.manifest;

/// The PodDisruptionBudget.
record BudgetManifest(Plan plan) {
    Manifest manifest() {
        return new Manifest(
                "pdb",
                "One gateway may be evicted at a time, or a quarter where 8 run at least, if nothing else was said."
                        + " The guide's minAvailable: 1 lets all but one of ten go at once, and blocks drains where there"
                        + " is only one. A budget limits evictions, not rollouts.",
                plan.object("policy/v1", "PodDisruptionBudget", plan.name())
                        .put(
                                "spec",
                                Tree.of("selector", Tree.of("matchLabels", plan.selector()))
                                        .putAll(spec())));
    }

    private Budget budget() {
        return Budget.of(plan.deployment().disruption(), plan.deployment().fewest());
    }

    /// The budget without what it is for.
    Tree spec() {
        Budget budget = budget();
        return Tree.of(
                        budget.field(),
                        new Mark.Slot(
                                "disruption." + budget.field(),
                                Mark.Kind.COUNT_OR_SHARE,
                                budget.field().equals(Budget.MIN)
                                        ? "Fewest gateways that must stay, or a percentage."
                                        : "Most gateways that may be evicted at a time, or a percentage.",
                                budget.some().value(),
                                ""))
                .note("unhealthyPodEvictionPolicy", "A gateway that is not ready never blocks a drain.", "AlwaysAllow");
    }
}
