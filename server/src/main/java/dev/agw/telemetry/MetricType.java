package dev.agw.telemetry;

/// The kinds of metric.
public enum MetricType {
    COUNTER("counter"),
    GAUGE("gauge"),
    HISTOGRAM("histogram");

    private final String word;

    MetricType(String word) {
        this.word = word;
    }

    /// The word behind `# TYPE`.
    public String word() {
        return word;
    }
}
