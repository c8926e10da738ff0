package dev.agw.telemetry;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.Outcome;
import java.util.Arrays;
import java.util.List;

/// What the way through the gateway cost: its own time, the wait for the backend, retries; and how streams ended.
final class PathMetrics {
    private record Path(Histogram overhead, Histogram firstByte, Counter retries) {
        Path() {
            this(
                    new Histogram(MetricCatalogue.OVERHEAD.buckets()),
                    new Histogram(MetricCatalogue.FIRST_BYTE.buckets()),
                    new Counter());
        }
    }

    private final Family<SeriesKey.Three, Path> paths;
    private final Family<SeriesKey.Two, EnumCounters<Outcome>> streams;

    PathMetrics(MetricRegistry registry) {
        paths = registry.family(
                Path::new,
                List.of(
                        Column.of(MetricCatalogue.OVERHEAD, Path::overhead),
                        Column.of(MetricCatalogue.FIRST_BYTE, Path::firstByte),
                        Column.of(MetricCatalogue.RETRIES, Path::retries)));
        streams = registry.family(
                () -> new EnumCounters<>(Outcome.class, outcome -> new Counter()),
                Arrays.stream(Outcome.values()).map(PathMetrics::column).toList());
    }

    private static Column<EnumCounters<Outcome>> column(Outcome outcome) {
        return new Column<>(MetricCatalogue.STREAM_OUTCOMES, outcome.label(), ends -> ends.of(outcome));
    }

    void record(Exchange exchange, long durationNanos) {
        String gateway = exchange.listener().gateway();
        String route = exchange.route().route();
        Path path = paths.of(new SeriesKey.Three(gateway, route, exchange.backend()));
        path.overhead().observeNanos(durationNanos - exchange.lifeline().waited());
        if (exchange.firstByteNanos() != 0) {
            path.firstByte()
                    .observeNanos(
                            exchange.firstByteNanos() - exchange.lifeline().start());
        }
        if (exchange.retries() > 0) {
            path.retries().add(exchange.retries());
        }
        if (exchange.stream()) {
            streams.of(new SeriesKey.Two(gateway, route)).of(exchange.outcome()).increment();
        }
    }
}
