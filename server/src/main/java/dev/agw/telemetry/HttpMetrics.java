package dev.agw.telemetry;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.ListenerRef;
import dev.agw.exchange.Reason;
import dev.agw.exchange.RouteRef;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The families that every exchange counts in.
final class HttpMetrics {
    private static final String UNKNOWN = "unknown";
    private static final String OTHER_METHOD = "OTHER";
    private static final int MIN_STATUS = 100;
    private static final int MAX_STATUS = 999;

    /// Method → itself: clients may send any word, metrics know these.
    private static final Map<String, String> METHODS = Stream.of(
                    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY")
            .collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));
    private static final String[] STATUSES = new String[MAX_STATUS + 1];

    static {
        for (int status = MIN_STATUS; status <= MAX_STATUS; status++) {
            STATUSES[status] = Integer.toString(status);
        }
    }

    private record Key(
            String backend,
            String protocol,
            String method,
            String status,
            Reason reason,
            ListenerRef listener,
            RouteRef route)
            implements SeriesKey {
        @Override
        public List<String> values() {
            return List.of(
                    backend,
                    protocol,
                    method,
                    status,
                    reason.label(),
                    listener.bind(),
                    listener.gateway(),
                    listener.listener(),
                    route.route(),
                    route.rule());
        }
    }

    private record Series(Counter requests, Histogram duration, Counter bytes) {
        Series() {
            this(new Counter(), new Histogram(MetricCatalogue.REQUEST_DURATION.buckets()), new Counter());
        }
    }

    private final Family<Key, Series> series;

    HttpMetrics(MetricRegistry registry) {
        series = registry.family(
                Series::new,
                List.of(
                        Column.of(MetricCatalogue.REQUESTS, Series::requests),
                        Column.of(MetricCatalogue.REQUEST_DURATION, Series::duration),
                        Column.of(MetricCatalogue.RESPONSE_BYTES, Series::bytes)));
    }

    void record(Exchange exchange, long durationNanos) {
        Series cells = series.of(new Key(
                exchange.backend(),
                exchange.upstreamProtocol(),
                METHODS.getOrDefault(exchange.request().method(), OTHER_METHOD),
                status(exchange.reply().status()),
                exchange.reason(),
                exchange.listener(),
                exchange.route()));
        cells.requests().increment();
        cells.duration().observeNanos(durationNanos);
        cells.bytes().add(exchange.upstreamBytes());
    }

    /// The label of a status; `unknown` if the client left before there was one.
    private static String status(int status) {
        return status >= MIN_STATUS && status <= MAX_STATUS ? STATUSES[status] : UNKNOWN;
    }

    /// Makes the series at 0 that alerts select per gateway: a share of what does not exist is no number.
    void prime(ListenerRef listener) {
        prime(listener, Reason.RATE_LIMIT, "429");
        prime(listener, Reason.NO_HEALTHY_BACKEND, "503");
        prime(listener, Reason.UPSTREAM_FAILURE, "503");
    }

    private void prime(ListenerRef listener, Reason reason, String status) {
        series.of(new Key(UNKNOWN, "http", "POST", status, reason, listener, RouteRef.UNKNOWN));
    }
}
