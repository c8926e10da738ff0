package dev.agw.telemetry;

import java.util.Locale;

/// The two text formats of a metrics page.
public enum Format {
    /// https://prometheus.io/docs/instrumenting/exposition_formats/
    TEXT("text/plain; version=0.0.4; charset=utf-8"),
    /// https://prometheus.io/docs/specs/om/open_metrics_spec/
    OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private static final String OPENMETRICS_TYPE = "application/openmetrics-text";

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    /// The Content-Type of the page.
    public String contentType() {
        return contentType;
    }

    /// The format that an `Accept` field prefers: OpenMetrics where it is named and nothing else ranks above it.
    public static Format of(String accept) {
        double openMetrics = 0;
        double text = 0;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String type = range.strip();
            if (type.startsWith(OPENMETRICS_TYPE) && understands(type)) {
                openMetrics = Math.max(openMetrics, quality(type));
            } else if (type.startsWith("text/plain")) {
                text = Math.max(text, quality(type));
            }
        }
        return openMetrics > 0 && openMetrics >= text ? OPENMETRICS : TEXT;
    }

    private static boolean understands(String range) {
        String version = parameter(range, "version=");
        return version.isEmpty() || version.startsWith("1.");
    }

    private static double quality(String range) {
        String q = parameter(range, "q=");
        try {
            return q.isEmpty() ? 1 : Double.parseDouble(q);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String parameter(String range, String name) {
        for (String parameter : range.split(";", -1)) {
            if (parameter.strip().startsWith(name)) {
                return parameter.strip().substring(name.length());
            }
        }
        return "";
    }

    /// The name behind `# TYPE` for samples called `sampleName`.
    String family(Metric metric, String sampleName) {
        boolean suffixed = this == OPENMETRICS && metric.type() == MetricType.COUNTER && !metric.bareCounter();
        return suffixed ? sampleName.substring(0, sampleName.length() - "_total".length()) : sampleName;
    }

    /// The word behind `# TYPE`.
    ///
    /// OpenMetrics has no counter whose sample lacks `_total`, and no two families `x` and `x_total` of which one
    /// is a counter. A counter under both names is therefore two families of type `unknown` there.
    String type(Metric metric) {
        return this == OPENMETRICS && metric.bareCounter()
                ? "unknown"
                : metric.type().word();
    }
}
