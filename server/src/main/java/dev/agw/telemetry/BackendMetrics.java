package dev.agw.telemetry;

import java.util.List;
import java.util.function.IntSupplier;

/// How many endpoints of each backend take traffic.
final class BackendMetrics {
    private record Endpoints(IntSupplier healthy, IntSupplier ejected) {
        static Cell reading(IntSupplier count) {
            return new Reading(count::getAsInt);
        }
    }

    private final Family<SeriesKey.One, Endpoints> backends;

    BackendMetrics(MetricRegistry registry) {
        backends = registry.family(
                () -> new Endpoints(() -> 0, () -> 0),
                List.of(
                        new Column<>(
                                MetricCatalogue.BACKEND_ENDPOINTS,
                                "healthy",
                                counts -> Endpoints.reading(counts.healthy())),
                        new Column<>(
                                MetricCatalogue.BACKEND_ENDPOINTS,
                                "ejected",
                                counts -> Endpoints.reading(counts.ejected()))));
    }

    /// Shows these counts from now on; the returned action ends that, unless others have taken their place since.
    Runnable show(String backend, IntSupplier healthy, IntSupplier ejected) {
        SeriesKey.One key = new SeriesKey.One(backend);
        Endpoints counts = new Endpoints(healthy, ejected);
        backends.put(key, counts);
        return () -> backends.remove(key, counts);
    }
}
