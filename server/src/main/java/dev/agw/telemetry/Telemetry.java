package dev.agw.telemetry;

import dev.agw.exchange.Exchange;
import dev.agw.http.Headers;
import java.util.Optional;

/// What an exchange leaves behind: metrics, a line of the access log, spans.
///
/// Call [#start] before the request is worked on and [#finish] once when it is over.
///
/// @param accessLog empty if none is written
public record Telemetry(GatewayMetrics metrics, Optional<AccessLog> accessLog, Tracing tracing)
        implements AutoCloseable {
    /// Gives the exchange its request id and its trace context, and counts it as in flight.
    public void start(Exchange exchange) {
        Headers headers = exchange.request().headers();
        exchange.requestId(RequestId.of(headers));
        exchange.trace(tracing.start(headers));
        metrics.requestStarted();
    }

    /// Records an exchange that is over, now unless it says when it ended.
    public void finish(Exchange exchange) {
        metrics.requestEnded();
        if (exchange.endNanos() == 0) {
            exchange.ended(System.nanoTime());
        }
        metrics.record(exchange);
        accessLog.ifPresent(log -> log.write(exchange));
        tracing.finish(exchange);
    }

    /// Writes and sends what is left.
    @Override
    public void close() {
        tracing.close();
        accessLog.ifPresent(AccessLog::close);
    }
}
