package dev.agw.telemetry;

import dev.agw.exchange.ListenerRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Handshakes that failed, connections that no backend took, and certificates that will expire.
final class TlsMetrics {
    private record Failed(String cause, ListenerRef listener) implements SeriesKey {
        @Override
        public List<String> values() {
            return List.of(cause, listener.bind(), listener.gateway(), listener.listener());
        }
    }

    private final Family<Failed, Counter> failures;
    private final Family<Failed, Counter> notCarried;
    private final Family<SeriesKey.Three, Gauge> certificates;
    private Set<SeriesKey.Three> shown = Set.of();

    TlsMetrics(MetricRegistry registry) {
        failures = registry.counters(MetricCatalogue.TLS_HANDSHAKE_FAILURES);
        notCarried = registry.counters(MetricCatalogue.TLS_ROUTE_FAILURES);
        certificates = registry.gauges(MetricCatalogue.TLS_CERTIFICATE_NOT_AFTER);
    }

    void failed(ListenerRef listener, HandshakeFailure cause) {
        failures.of(new Failed(cause.label(), listener)).increment();
    }

    void notCarried(ListenerRef listener, CarryFailure cause) {
        notCarried.of(new Failed(cause.label(), listener)).increment();
    }

    /// Shows these certificates and no others. Called by one thread at a time.
    void show(List<CertificateExpiry> now) {
        Set<SeriesKey.Three> before = shown;
        shown = new HashSet<>();
        for (CertificateExpiry one : now) {
            SeriesKey.Three key =
                    new SeriesKey.Three(one.listener().gateway(), one.listener().listener(), one.certificate());
            certificates.of(key).set((double) one.notAfter().getEpochSecond());
            shown.add(key);
        }
        before.stream().filter(key -> !shown.contains(key)).forEach(certificates::remove);
    }
}
