package dev.agw.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.agw.exchange.Exchange;
import dev.agw.exchange.Outcome;
import dev.agw.exchange.Reason;
import dev.agw.exchange.TraceContext;
import dev.agw.http.Headers;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String SAMPLED = "00-" + TRACE + "-" + PARENT + "-01";

    private final BlockingQueue<String> exports = new LinkedBlockingQueue<>();
    private final Housekeeping housekeeping = new Housekeeping();
    private volatile int status = 200;
    private HttpServer collector = start();

    private HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/traces", call -> {
                String type = call.getRequestHeaders().getFirst("Content-Type");
                String key = call.getRequestHeaders().getFirst("api-key");
                exports.add(type + " " + key + " "
                        + new String(call.getRequestBody().readAllBytes(), ISO_8859_1));
                call.sendResponseHeaders(status, -1);
                call.close();
            });
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void startCollector() {
        collector.start();
    }

    @AfterEach
    void stopCollector() {
        collector.stop(0);
    }

    @Test
    void sendsTheSpansOfAStream() throws InterruptedException {
        String export = exported(exchange("alt=sse&key=s3cret"));

        assertThat(export)
                .startsWith("application/x-protobuf k1 ")
                .contains(bytes(TRACE), bytes(PARENT))
                .contains("POST ns/chat", "chat gpt", "my-gateway", "v9", "dev.agw")
                .contains("vendor=1")
                .contains("http.request.method", "url.path", "/v1/chat", "client.address", "192.0.2.7")
                .contains("url.query", "alt=sse&key=***")
                .contains("agw.reason", "Upstream", "agw.backend", "ns/openai", "agw.request_id", "r-1")
                .contains("gen_ai.provider.name", "openai", "gen_ai.request.model", "gen_ai.response.model")
                .contains("gpt-2026", "gen_ai.usage.input_tokens", "gen_ai.usage.cache_read.input_tokens")
                .contains("server.address", "api.example.com", "server.port")
                .doesNotContain("s3cret")
                .doesNotContain("error.type")
                .doesNotContain("gen_ai.usage.reasoning");
    }

    @Test
    void theModelsSpanHangsUnderTheGateways() throws InterruptedException {
        Exchange exchange = exchange("");
        String export = exported(exchange);

        // Field 2 is a span's id, field 4 its parent's: both 8 bytes long.
        assertThat(export)
                .contains("\u0012\b" + bytes(exchange.trace().spanId()))
                .contains("\"\b" + bytes(exchange.trace().spanId()))
                .contains("\"\b" + bytes(PARENT));
    }

    @Test
    void saysWhyAStreamFailed() throws InterruptedException {
        Exchange exchange = exchange("");
        exchange.outcome(Outcome.UPSTREAM_ABORT);

        assertThat(exported(exchange)).contains("error.type", "upstream_abort");
    }

    @Test
    void saysWhyARequestFailed() throws InterruptedException {
        Exchange failed = Traffic.answered(503);
        failed.reason(Reason.NO_HEALTHY_BACKEND);

        assertThat(exportedAsRoot(failed))
                .contains("error.type", "NoHealthyBackend")
                .doesNotContain("gen_ai");
    }

    @Test
    void sendsNothingOfTracesThatAreNotSampled() {
        Tracing tracing = tracing(1);
        Exchange exchange = Traffic.answered(200);
        exchange.trace(tracing.start(Headers.of("traceparent", "00-" + TRACE + "-" + PARENT + "-00")));
        tracing.finish(exchange);
        tracing.close();

        assertThat(exports).isEmpty();
    }

    @Test
    void goesOnWithTheCallersTrace() {
        try (Tracing tracing = tracing(0)) {
            TraceContext context = tracing.start(Headers.of("traceparent", SAMPLED));

            assertThat(context.traceId()).isEqualTo(TRACE);
            assertThat(context.parentId()).isEqualTo(PARENT);
            assertThat(context.spanId()).matches("[0-9a-f]{16}").isNotEqualTo(PARENT);
            assertThat(context.sampled()).isTrue();
        }
    }

    @Test
    void beginsTracesByTheRatio() {
        try (Tracing all = tracing(1);
                Tracing half = tracing(0.5);
                Tracing none = tracing(0)) {
            assertThat(roots(all)).allMatch(TraceContext::sampled);
            assertThat(roots(none)).noneMatch(TraceContext::sampled);
            assertThat(roots(half).filter(TraceContext::sampled).count()).isBetween(400L, 600L);
            assertThat(roots(half))
                    .allMatch(root -> root.traceId().matches("[0-9a-f]{32}")
                            && root.parentId().isEmpty()
                            && root.spanId().matches("[0-9a-f]{16}"));
        }
    }

    private static Stream<TraceContext> roots(Tracing tracing) {
        return IntStream.range(0, 1000).mapToObj(i -> tracing.start(Headers.of()));
    }

    @Test
    void passesTheCallersContextOnWhereNoSpansAreMade() {
        try (Tracing tracing = Tracing.off()) {
            assertThat(tracing.start(Headers.of("traceparent", SAMPLED)).traceparent())
                    .isEqualTo(SAMPLED);
            assertThat(tracing.start(Headers.of())).isEqualTo(TraceContext.NONE);
            Exchange exchange = Traffic.answered(200);
            exchange.trace(tracing.start(Headers.of("traceparent", SAMPLED)));
            tracing.finish(exchange);
        }
        assertThat(exports).isEmpty();
    }

    @Test
    void settingsRefuseWhatIsNoRatioAndHideTheirHeaders() {
        URI endpoint = URI.create("http://collector:4318/v1/traces");
        assertThatThrownBy(() -> new TracingSettings(endpoint, 1.5, "gw", "v1", Map.of()))
                .hasMessage("expected a ratio from 0 to 1, found 1.5");

        assertThat(new TracingSettings(endpoint, 1, "gw", "v1", Map.of("authorization", "s3cret")).toString())
                .contains("collector:4318")
                .doesNotContain("s3cret");
    }

    private Exchange exchange(String query) {
        Headers headers = Headers.of("traceparent", SAMPLED, "tracestate", "vendor=1,,=broken", "cookie", "s3cret");
        Exchange exchange = Traffic.streamed("gpt");
        Exchange asked = Traffic.answered(Traffic.request("POST", "/v1/chat", query, headers), 200);
        asked.genAi(Objects.requireNonNull(exchange.genAi()));
        asked.streaming();
        return asked;
    }

    @Test
    void batchesThatAreNotTakenAreCounted() throws InterruptedException {
        exported(exchange(""));
        assertThat(housekeeping.failures(Chore.TRACING)).isZero();

        status = 400;
        exported(exchange(""));
        assertThat(housekeeping.failures(Chore.TRACING)).isEqualTo(1);
    }

    @Test
    void anErrorOfTheExporterIsNotThrownAtTheThreadOfTheSdk() {
        SpanExporter flawed = new CountedExporter(new Flawed(), housekeeping);

        assertThat(flawed.export(List.of()).isSuccess()).isFalse();
        assertThat(housekeeping.failures(Chore.TRACING)).isEqualTo(1);
    }

    /// An exporter that lacks a class.
    private static final class Flawed implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            throw new NoClassDefFoundError("for a test");
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private String exported(Exchange exchange) throws InterruptedException {
        Tracing tracing = tracing(0);
        exchange.trace(tracing.start(exchange.request().headers()));
        tracing.finish(exchange);
        tracing.close();
        return received();
    }

    private String exportedAsRoot(Exchange exchange) throws InterruptedException {
        Tracing tracing = tracing(1);
        exchange.trace(tracing.start(Headers.of()));
        tracing.finish(exchange);
        tracing.close();
        return received();
    }

    private String received() throws InterruptedException {
        String export = exports.poll(10, TimeUnit.SECONDS);
        return export == null ? "nothing" : export;
    }

    private Tracing tracing(double ratio) {
        URI endpoint = URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces");
        return Tracing.to(
                new TracingSettings(endpoint, ratio, "my-gateway", "v9", Map.of("api-key", "k1")), housekeeping);
    }

    /// An id as the bytes it has on the wire.
    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
    }
}
