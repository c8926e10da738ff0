package dev.agw.telemetry;

/// The stream of configuration from a control plane. Nothing of it shows until there is one.
final class XdsMetrics {
    private final Family<SeriesKey.One, Counter> terminations;
    private final Family<SeriesKey.One, Counter> messages;
    private final Family<SeriesKey.One, Counter> bytes;

    XdsMetrics(MetricRegistry registry) {
        terminations = registry.counters(MetricCatalogue.XDS_TERMINATIONS);
        messages = registry.counters(MetricCatalogue.XDS_MESSAGES);
        bytes = registry.counters(MetricCatalogue.XDS_MESSAGE_BYTES);
    }

    void terminated(String reason) {
        terminations.of(new SeriesKey.One(reason)).increment();
    }

    void message(String url, long length) {
        messages.of(new SeriesKey.One(url)).increment();
        bytes.of(new SeriesKey.One(url)).add(length);
    }
}
