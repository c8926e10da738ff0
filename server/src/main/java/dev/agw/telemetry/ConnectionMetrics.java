package dev.agw.telemetry;

import dev.agw.exchange.ListenerRef;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// What one listener counts about its connections. Take it once per listener and protocol; safe from any thread.
public final class ConnectionMetrics {
    /// @param protocol `http`, `https`, `tls` or `tcp`
    private record Key(ListenerRef listener, String protocol) implements SeriesKey {
        @Override
        public List<String> values() {
            return List.of(listener.bind(), listener.gateway(), listener.listener(), protocol);
        }
    }

    private record Series(Counter opened, LongAdder active, Counter received, Counter sent) {
        Series() {
            this(new Counter(), new LongAdder(), new Counter(), new Counter());
        }
    }

    /// The connection families of a process.
    static final class Families {
        private final Family<Key, Series> connections;
        private final Family<Key, Histogram> handshakes;

        Families(MetricRegistry registry) {
            connections = registry.family(
                    Series::new,
                    List.of(
                            Column.of(MetricCatalogue.DOWNSTREAM_CONNECTIONS, Series::opened),
                            Column.of(MetricCatalogue.ACTIVE_CONNECTIONS, series -> new Reading(series.active()::sum)),
                            Column.of(MetricCatalogue.DOWNSTREAM_RECEIVED, Series::received),
                            Column.of(MetricCatalogue.DOWNSTREAM_SENT, Series::sent)));
            handshakes = registry.histograms(MetricCatalogue.TLS_HANDSHAKE_DURATION);
        }

        ConnectionMetrics of(ListenerRef listener, String protocol) {
            return new ConnectionMetrics(this, new Key(listener, protocol));
        }
    }

    private final Families families;
    private final Key key;
    private final Series series;

    private ConnectionMetrics(Families families, Key key) {
        this.families = families;
        this.key = key;
        this.series = families.connections.of(key);
    }

    /// A connection was accepted.
    public void opened() {
        series.opened().increment();
        series.active().increment();
    }

    /// An accepted connection is gone.
    public void closed() {
        series.active().decrement();
    }

    /// Bytes came from the client; count them as they flow, so that long connections show.
    public void received(long bytes) {
        series.received().add(bytes);
    }

    /// Bytes went to the client; count them as they flow, so that long connections show.
    public void sent(long bytes) {
        series.sent().add(bytes);
    }

    /// A TLS handshake is done. The family appears with the first one.
    public void handshake(long nanos) {
        families.handshakes.of(key).observeNanos(nanos);
    }
}
