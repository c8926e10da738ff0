package dev.agw.cli.dashboard;

/// How a panel shows what it asks for.
public enum Kind {
    /// Lines over time.
    timeseries("timeseries", 8, false),
    /// One number, and how it came about.
    stat("stat", 4, false),
    /// A line per series, a column per query.
    table("table", 8, true),
    /// A bar per series, as of now.
    bargauge("bargauge", 8, true),
    /// The buckets of a histogram over time.
    heatmap("heatmap", 8, false),
    /// A bar per series, coloured by state.
    states("state-timeline", 8, false);

    private final String type;
    private final int height;
    private final boolean instant;

    Kind(String type, int height, boolean instant) {
        this.type = type;
        this.height = height;
        this.instant = instant;
    }

    /// What Grafana calls it.
    String type() {
        return type;
    }

    /// How high it is, of 38 pixels each.
    int height() {
        return height;
    }

    /// Whether it asks for now alone.
    boolean instant() {
        return instant;
    }
}
