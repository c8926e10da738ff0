package dev.agw.telemetry;

import java.util.concurrent.atomic.AtomicReference;

/// Whether the configuration that operators wrote is the one in force.
final class ConfigMetrics {
    private static final double MILLIS_PER_SECOND = 1000;

    private final Counter taken;
    private final Counter rejected;
    private final Gauge lastSuccess;
    private final Gauge lastSuccessTime;
    private final Family<SeriesKey.One, Gauge> info;
    private final AtomicReference<SeriesKey.One> current = new AtomicReference<>(new SeriesKey.One(""));

    ConfigMetrics(MetricRegistry registry) {
        Family<SeriesKey.One, Counter> loads = registry.counters(MetricCatalogue.CONFIG_LOADS);
        taken = loads.of(new SeriesKey.One("success"));
        rejected = loads.of(new SeriesKey.One("failure"));
        lastSuccess = registry.gauge(MetricCatalogue.CONFIG_LAST_LOAD_SUCCESS);
        lastSuccessTime = registry.gauge(MetricCatalogue.CONFIG_LAST_SUCCESS_TIME);
        info = registry.gauges(MetricCatalogue.CONFIG_INFO);
    }

    void loaded(String hash) {
        taken.increment();
        lastSuccess.set(1);
        lastSuccessTime.set(System.currentTimeMillis() / MILLIS_PER_SECOND);
        SeriesKey.One now = new SeriesKey.One(hash);
        SeriesKey.One before = current.getAndSet(now);
        if (!before.equals(now)) {
            info.remove(before);
        }
        info.of(now).set(1);
    }

    void rejected() {
        rejected.increment();
        lastSuccess.set(0);
    }
}
