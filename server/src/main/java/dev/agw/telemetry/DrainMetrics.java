package dev.agw.telemetry;

import java.util.function.LongSupplier;

/// How an end of the gateway goes.
final class DrainMetrics {
    private final Counter cut;
    private volatile boolean draining;

    /// @param streams how many are open
    DrainMetrics(MetricRegistry registry, LongSupplier streams) {
        cut = registry.counter(MetricCatalogue.DRAIN_CUT_REQUESTS);
        registry.reading(MetricCatalogue.DRAINING, () -> draining ? 1 : 0);
        registry.reading(MetricCatalogue.DRAIN_REMAINING_STREAMS, () -> draining ? streams.getAsLong() : 0);
    }

    void began() {
        draining = true;
    }

    void cut(int requests) {
        cut.add(requests);
    }
}
