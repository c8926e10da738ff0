package dev.agw.telemetry;

import java.util.List;

/// What is known of a metric before anything was counted.
///
/// @param name as Prometheus stores it; of a counter usually with `_total`
/// @param labels names of the labels, in the order they are written
/// @param buckets bounds of a histogram; [Buckets#NONE] for others
/// @param unit `seconds`, `bytes`, `tokens`, ...; empty if it counts things
/// @param help one sentence for `# HELP`
public record Metric(String name, MetricType type, List<String> labels, Buckets buckets, String unit, String help) {
    private static final String TOTAL = "_total";

    public Metric {
        labels = List.copyOf(labels);
    }

    /// A counter whose name lacks `_total`: existing alerts select on that name.
    boolean bareCounter() {
        return type == MetricType.COUNTER && !name.endsWith(TOTAL);
    }

    /// Every name that its samples appear under: a bare counter also has the one that Prometheus's rules ask for.
    public List<String> names() {
        return bareCounter() ? List.of(name + TOTAL, name) : List.of(name);
    }

    /// Writes HELP, TYPE and UNIT for the samples called `sampleName`.
    void header(ByteText page, Format format, String sampleName) {
        String family = format.family(this, sampleName);
        page.ascii("# HELP ").ascii(family).put(' ').ascii(help).put('\n');
        page.ascii("# TYPE ").ascii(family).put(' ').ascii(format.type(this)).put('\n');
        if (format == Format.OPENMETRICS && !unit.isEmpty() && family.endsWith("_" + unit)) {
            page.ascii("# UNIT ").ascii(family).put(' ').ascii(unit).put('\n');
        }
    }
}
