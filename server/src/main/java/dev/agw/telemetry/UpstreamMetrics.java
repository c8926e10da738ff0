package dev.agw.telemetry;

import java.util.List;

/// Connections to backends: how long making them took, how often it failed, how often a kept one was dead or cut off.
final class UpstreamMetrics {
    private final Family<SeriesKey.One, Histogram> connects;
    private final Family<SeriesKey.One, Counter> failures;
    private final Counter resends;
    private final EnumCounters<Flood> floods;

    UpstreamMetrics(MetricRegistry registry) {
        connects = registry.histograms(MetricCatalogue.UPSTREAM_CONNECT_DURATION);
        failures = registry.counters(MetricCatalogue.UPSTREAM_CONNECT_FAILURES);
        resends = registry.counter(MetricCatalogue.UPSTREAM_RESENDS);
        Family<SeriesKey.One, Counter> cutOff = registry.counters(MetricCatalogue.UPSTREAM_HTTP2_FLOODS);
        floods = new EnumCounters<>(Flood.class, kind -> cutOff.of(new SeriesKey.One(kind.label())));
        for (String transport : List.of("plaintext", "tls")) {
            connects.of(new SeriesKey.One(transport));
            failures.of(new SeriesKey.One(transport));
        }
    }

    void connected(String transport, long nanos) {
        connects.of(new SeriesKey.One(transport)).observeNanos(nanos);
    }

    void connectFailed(String transport) {
        failures.of(new SeriesKey.One(transport)).increment();
    }

    void resent() {
        resends.increment();
    }

    void flooded(Flood kind) {
        floods.of(kind).increment();
    }
}
