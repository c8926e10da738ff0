package dev.agw.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agw.exchange.Exchange;
import dev.agw.exchange.Failure;
import dev.agw.exchange.RouteRef;
import dev.agw.exchange.TraceContext;
import dev.agw.http.Headers;
import dev.agw.testing.Eventually;
import dev.agw.testing.PageText;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogTest {
    private final GatewayMetrics metrics = new GatewayMetrics("v1", 10);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void writesOneObjectPerExchange() throws IOException {
        Exchange exchange = Traffic.streamed("gpt");
        exchange.trace(new TraceContext("0af7651916cd43dd8448eb211c80319c", "", "b7ad6b7169203331", true));

        JsonNode line = logged(exchange).getFirst();

        assertThat(line.get("time").asText()).matches("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(((ObjectNode) line).without("time").toString())
                .isEqualTo("{\"request_id\":\"r-1\",\"gateway\":\"ns/gw\",\"listener\":\"http\","
                        + "\"route\":\"ns/chat\",\"route_rule\":\"0\",\"backend\":\"ns/openai\","
                        + "\"endpoint\":\"api.example.com:443\",\"client\":\"192.0.2.7\",\"method\":\"POST\","
                        + "\"host\":\"gateway.example.com\",\"path\":\"/v1/chat\",\"protocol\":\"HTTP/1.1\","
                        + "\"status\":200,\"reason\":\"Upstream\",\"outcome\":\"completed\",\"duration_ms\":20.0,"
                        + "\"upstream_first_byte_ms\":4.0,\"ttft_ms\":12.0,\"overhead_ms\":20.0,\"bytes_out\":512,"
                        + "\"upstream_bytes\":400,\"retries\":0,\"gen_ai.operation\":\"chat\","
                        + "\"gen_ai.system\":\"openai\",\"gen_ai.request_model\":\"gpt\","
                        + "\"gen_ai.response_model\":\"gpt-2026\",\"gen_ai.input_tokens\":100,"
                        + "\"gen_ai.output_tokens\":10,\"gen_ai.cached_tokens\":40,"
                        + "\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\",\"span_id\":\"b7ad6b7169203331\"}");
    }

    @Test
    void saysWhatWentWrong() throws IOException {
        Exchange exchange = Traffic.answered(503);
        exchange.failed(Failure.UpstreamFailure.unreachable("cannot connect to \"api.example.com:443\""));

        JsonNode line = logged(exchange).getFirst();

        assertThat(line.get("reason").asText()).isEqualTo("UpstreamFailure");
        assertThat(line.get("error").asText()).isEqualTo("cannot connect to \"api.example.com:443\"");
    }

    @Test
    void everySecondHasItsOwnTime() throws IOException {
        String first = logged(Traffic.answered(200)).getFirst().get("time").asText();

        assertThat(Instant.parse(first)).isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/\"},\n{\"status\":200",
                "/\r\n\t\b\f\u0000\u001f",
                "/\\\\\"\\",
                "/\u007f\u0085\u009f\u2028\u2029",
                "/😀€é",
                "/{}[]:,"
            })
    void hostilePathsStayOneLineAndComeBackAsTheyWere(String path) throws IOException {
        Exchange exchange = Traffic.answered(Traffic.request("GET", path, "", Headers.of()), 200);

        assertThat(logged(exchange))
                .hasSize(1)
                .first()
                .satisfies(line -> assertThat(line.get("path").asText()).isEqualTo(path));
        assertThat(out.toString(UTF_8)).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\u2028\u2029]");
    }

    @Test
    void halfASurrogatePairBecomesAReplacement() throws IOException {
        Exchange exchange = Traffic.answered(Traffic.request("GET", "/\ud83d!", "", Headers.of()), 200);

        assertThat(logged(exchange).getFirst().get("path").asText()).isEqualTo("/\uFFFD!");
    }

    @Test
    void longValuesAreCut() throws IOException {
        Exchange exchange = Traffic.answered(Traffic.request("GET", "/" + "x".repeat(100_000), "", Headers.of()), 200);

        assertThat(logged(exchange).getFirst().get("path").asText())
                .hasSize(JsonLine.MAX_VALUE + 1)
                .endsWith("x…");
    }

    @ParameterizedTest
    @CsvSource({
        "key=s3cret&alt=sse,                      key=***&alt=sse",
        "alt=sse&API_KEY=s3cret,                  alt=sse&API_KEY=***",
        "access_token=s3cret;x=1,                 access_token=***;x=1",
        "X-Amz-Signature=s3cret&X-Amz-Date=2026,  X-Amz-Signature=***&X-Amz-Date=2026",
        "a%70i_ke%79=s3cret,                      a%70i_ke%79=***",
        "token=s3cret=s3cret,                     token=***",
        "code=s3cret&state=1,                     code=***&state=1",
        "%zz=1&password=s3cret,                   %zz=1&password=***",
        "key&a=1,                                 key&a=1",
        "model=gpt&n=1,                           model=gpt&n=1",
        "plain,                                   plain"
    })
    void queryValuesThatSoundSecretAreMasked(String query, String shown) throws IOException {
        Exchange exchange = Traffic.answered(Traffic.request("GET", "/p", query, Headers.of()), 200);

        assertThat(logged(exchange).getFirst().get("path").asText()).isEqualTo("/p?" + shown);
    }

    @Test
    void headerValuesAreNotLogged() throws IOException {
        Headers headers = Headers.of("Authorization", "Bearer s3cret", "Cookie", "s3cret", "x-api-key", "s3cret");

        assertThat(logged(Traffic.answered(Traffic.request("GET", "/", "", headers), 200))
                        .toString())
                .doesNotContain("s3cret");
    }

    @Test
    void namesClientsWithoutAnAddress() throws IOException {
        InetSocketAddress peer = InetSocketAddress.createUnresolved("client.example", 1);

        assertThat(AccessLine.address(peer)).isEqualTo("client.example");
    }

    @Test
    void linesOfManyThreadsStayWhole() throws IOException {
        AccessLog log = AccessLog.start(out, metrics);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                Exchange exchange = Traffic.answered(200);
                exchange.requestId("r-" + i);
                executor.execute(() -> log.write(exchange));
            }
        }
        log.close();

        assertThat(lines().stream().map(line -> line.get("request_id").asText()))
                .hasSize(1_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void aStuckOutputCostsLinesAndNoTime() throws Exception {
        StuckOutput stuck = new StuckOutput();
        AccessLog log = AccessLog.start(stuck, metrics, 1024);
        log.write(Traffic.answered(200));
        assertThat(stuck.entered.await(10, TimeUnit.SECONDS)).isTrue();

        for (int i = 0; i < 100; i++) {
            log.write(Traffic.answered(200));
        }
        stuck.release.countDown();
        log.close();

        long written = stuck.taken.toString(UTF_8).lines().count();
        assertThat(written).isBetween(2L, 20L);
        assertThat(page()).contains("agentgateway_access_log_dropped_total " + (101 - written) + "\n");
    }

    /// Takes nothing until it is released.
    private static final class StuckOutput extends OutputStream {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] array, int offset, int length) throws IOException {
            entered.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            taken.write(array, offset, length);
        }
    }

    @Test
    void survivesABrokenOutputAndCountsWhatItLost() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        };
        AccessLog log = AccessLog.start(broken, metrics);
        log.write(Traffic.answered(200));
        log.write(Traffic.answered(200));
        log.close();
        log.write(Traffic.answered(200));

        assertThat(page()).contains("agentgateway_access_log_dropped_total 3\n");
    }

    @Test
    void writesOnAfterAnErrorAndCountsWhatItLost() throws Exception {
        AtomicBoolean flawed = new AtomicBoolean(true);
        AccessLog log = AccessLog.start(
                new FilterOutputStream(out) {
                    @Override
                    public void flush() {
                        if (flawed.getAndSet(false)) {
                            throw new NoClassDefFoundError("for a test");
                        }
                    }
                },
                metrics);
        log.write(Traffic.answered(200));
        Eventually.until("a line is lost", () -> page().contains("agentgateway_access_log_dropped_total 1\n"));
        out.reset();
        log.write(Traffic.answered(200));
        log.close();

        assertThat(lines()).hasSize(1);
        assertThat(page()).contains("agentgateway_housekeeping_failures_total{task=\"access_log\"} 1\n");
    }

    @Test
    void aLineThatCannotBeWrittenLeavesNoTrace() throws IOException {
        AccessLog log = AccessLog.start(out, metrics);
        Exchange broken = Traffic.answered(200);
        broken.route(unnamed());
        assertThatThrownBy(() -> log.write(broken)).isInstanceOf(NullPointerException.class);
        log.write(Traffic.answered(200));
        log.close();

        assertThat(lines()).hasSize(1);
    }

    @SuppressWarnings("NullAway") // what a defect elsewhere could hand over
    private static RouteRef unnamed() {
        return new RouteRef(null, null);
    }

    private List<JsonNode> logged(Exchange exchange) throws IOException {
        AccessLog log = AccessLog.start(out, metrics);
        log.write(exchange);
        log.close();
        return lines();
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(UTF_8).split("\n", 0)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private String page() {
        return PageText.of(page -> metrics.scrape(Format.TEXT, page));
    }
}
