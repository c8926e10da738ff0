package dev.agw.cli.upgrade;

/// Groups of checks, in the order they are told.
public enum Category {
    CLUSTER(Phase.pre, "pre: cluster and access"),
    WORKLOAD(Phase.pre, "pre: workload"),
    DISRUPTION(Phase.pre, "pre: disruption and shutdown"),
    SCALING(Phase.pre, "pre: scaling and placement"),
    CONFIGURATION(Phase.pre, "pre: configuration and metric compatibility"),
    TRAFFIC(Phase.pre, "pre: traffic gates"),
    WATCH(Phase.watch, "watch"),
    POST(Phase.post, "post");

    private final Phase phase;
    private final String title;

    Category(Phase phase, String title) {
        this.phase = phase;
        this.title = title;
    }

    Phase phase() {
        return phase;
    }

    String title() {
        return title;
    }
}
