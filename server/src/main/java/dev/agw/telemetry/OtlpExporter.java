package dev.agw.telemetry;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.GenAi;
import dev.agw.exchange.TraceContext;
import dev.agw.http.HeaderName;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.concurrent.TimeUnit;

/// Turns exchanges into spans and sends them by OTLP over HTTP, in batches, from a thread of the SDK.
///
/// It and what it uses alone reach the OpenTelemetry SDK; it is loaded when an endpoint is configured.
final class OtlpExporter implements Tracing.Exporter {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int DRAIN_SECONDS = 5;

    private final BatchSpanProcessor processor;
    private final Resource resource;

    private OtlpExporter(BatchSpanProcessor processor, Resource resource) {
        this.processor = processor;
        this.resource = resource;
    }

    static OtlpExporter start(TracingSettings settings, Housekeeping housekeeping) {
        OtlpHttpSpanExporterBuilder exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(settings.endpoint().toString());
        settings.headers().forEach(exporter::addHeader);
        Resource resource = Resource.create(Attributes.builder()
                .put("service.name", settings.serviceName())
                .put("service.version", settings.version())
                .build());
        SpanExporter counted = new CountedExporter(exporter.build(), housekeeping);
        return new OtlpExporter(BatchSpanProcessor.builder(counted).build(), resource);
    }

    @Override
    public void export(Exchange exchange) {
        SpanContext server = context(exchange, exchange.trace().spanId());
        String name = exchange.request().method() + " " + exchange.route().route();
        processor.onEnd(
                span(exchange, name, SpanKind.SERVER, server, parent(exchange), SpanAttributes.server(exchange)));
        GenAi call = exchange.genAi();
        if (call != null && !exchange.endpoint().isEmpty()) {
            processor.onEnd(span(
                    exchange,
                    call.operation() + " " + call.requestModel(),
                    SpanKind.CLIENT,
                    context(exchange, Tracing.newSpanId()),
                    server,
                    SpanAttributes.model(exchange, call)));
        }
    }

    private FinishedSpan span(
            Exchange exchange,
            String name,
            SpanKind kind,
            SpanContext context,
            SpanContext parent,
            Attributes attributes) {
        long start = exchange.arrivedMillis() * NANOS_PER_MILLI;
        long end = start + exchange.endNanos() - exchange.lifeline().start();
        StatusData status = SpanAttributes.failed(exchange) ? StatusData.error() : StatusData.unset();
        return new FinishedSpan(name, kind, context, parent, status, start, end, attributes, resource);
    }

    private static SpanContext context(Exchange exchange, String spanId) {
        return SpanContext.create(exchange.trace().traceId(), spanId, TraceFlags.getSampled(), traceState(exchange));
    }

    private static SpanContext parent(Exchange exchange) {
        TraceContext trace = exchange.trace();
        return trace.parentId().isEmpty()
                ? SpanContext.getInvalid()
                : SpanContext.createFromRemoteParent(
                        trace.traceId(), trace.parentId(), TraceFlags.getSampled(), traceState(exchange));
    }

    /// `tracestate: a=1,b=2`; the builder leaves out what breaks the rules.
    private static TraceState traceState(Exchange exchange) {
        TraceStateBuilder state = TraceState.builder();
        if (exchange.trace().parentId().isEmpty()) {
            return state.build();
        }
        for (String field : exchange.request().headers().all(HeaderName.TRACESTATE)) {
            for (String member : field.split(",", -1)) {
                int equals = member.indexOf('=');
                if (equals > 0) {
                    state.put(
                            member.substring(0, equals).strip(),
                            member.substring(equals + 1).strip());
                }
            }
        }
        return state.build();
    }

    @Override
    public void close() {
        processor.shutdown().join(DRAIN_SECONDS, TimeUnit.SECONDS);
    }
}
