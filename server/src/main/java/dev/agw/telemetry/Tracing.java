package dev.agw.telemetry;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.TraceContext;
import dev.agw.http.Headers;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Traces: which context an exchange belongs to, and the spans that tell of it.
///
/// Without an exporter no span is made, so the caller's context goes on untouched: a span id of ours would be a
/// parent that no trace ever shows. Nothing of OpenTelemetry is loaded then.
public final class Tracing implements AutoCloseable {
    /// The random part of a trace id that decides about sampling:
    /// https://www.w3.org/TR/trace-context-2/#random-trace-id-flag
    private static final long RANDOM_BITS = (1L << 56) - 1;

    /// Where finished exchanges become spans.
    interface Exporter {
        void export(Exchange exchange);

        void close();
    }

    private final @Nullable Exporter exporter;
    private final long threshold;

    private Tracing(@Nullable Exporter exporter, double ratio) {
        this.exporter = exporter;
        this.threshold = (long) (ratio * (RANDOM_BITS + 1));
    }

    /// Passes trace contexts on and makes no spans.
    public static Tracing off() {
        return new Tracing(null, 0);
    }

    /// Sends spans to an OTLP/HTTP receiver.
    public static Tracing to(TracingSettings settings, Housekeeping housekeeping) {
        return new Tracing(OtlpExporter.start(settings, housekeeping), settings.ratio());
    }

    /// The context of an exchange with these request headers.
    public TraceContext start(Headers headers) {
        TraceContext caller = TraceParent.of(headers);
        if (exporter == null) {
            return caller;
        }
        return caller.exists() ? child(caller) : root();
    }

    private static TraceContext child(TraceContext caller) {
        return new TraceContext(caller.traceId(), caller.parentId(), newSpanId(), caller.sampled());
    }

    private TraceContext root() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long low = random.nextLong();
        HexFormat hex = HexFormat.of();
        String traceId = hex.toHexDigits(nonZero(random)) + hex.toHexDigits(low);
        return new TraceContext(traceId, "", newSpanId(), (low & RANDOM_BITS) < threshold);
    }

    static String newSpanId() {
        return HexFormat.of().toHexDigits(nonZero(ThreadLocalRandom.current()));
    }

    /// Ids of zeros only are invalid.
    private static long nonZero(ThreadLocalRandom random) {
        long bits = random.nextLong();
        return bits == 0 ? 1 : bits;
    }

    /// Hands the spans of an exchange that is over to the exporter, if its trace is recorded. Never waits.
    public void finish(Exchange exchange) {
        if (exporter != null && exchange.trace().sampled()) {
            exporter.export(exchange);
        }
    }

    /// Sends what is left, waiting at most 5 seconds.
    @Override
    public void close() {
        if (exporter != null) {
            exporter.close();
        }
    }
}
