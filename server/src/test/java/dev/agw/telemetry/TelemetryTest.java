package dev.agw.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.Lifeline;
import dev.agw.http.Headers;
import dev.agw.testing.PageText;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TelemetryTest {
    private final GatewayMetrics metrics = new GatewayMetrics("v1", 10);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void followsAnExchangeFromItsStartToItsEnd() {
        Telemetry telemetry = new Telemetry(metrics, Optional.of(AccessLog.start(out, metrics)), Tracing.off());
        Exchange exchange = running(Headers.of(
                "x-request-id", "mine", "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        telemetry.start(exchange);
        assertThat(page()).contains("\nagentgateway_requests_in_flight 1\n");
        telemetry.finish(exchange);
        telemetry.close();

        assertThat(exchange.endNanos()).isGreaterThan(exchange.lifeline().start());
        assertThat(page())
                .contains("\nagentgateway_requests_in_flight 0\n")
                .contains("agentgateway_request_duration_seconds_count{");
        assertThat(out.toString(UTF_8))
                .contains("\"request_id\":\"mine\"", "\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\"");
    }

    @Test
    void keepsAnEndThatIsKnownAndWorksWithoutALog() {
        Telemetry telemetry = new Telemetry(metrics, Optional.empty(), Tracing.off());
        Exchange exchange = Traffic.answered(200);
        telemetry.start(exchange);
        telemetry.finish(exchange);
        telemetry.close();

        assertThat(exchange.endNanos()).isEqualTo(Traffic.START + 20 * Traffic.MILLI);
        assertThat(exchange.requestId()).matches("[0-9a-f]{32}");
    }

    private static Exchange running(Headers headers) {
        return new Exchange(
                Traffic.request("GET", "/", "", headers),
                new Traffic.Answer(200, 1),
                new Lifeline(System.nanoTime()),
                Traffic.LISTENER);
    }

    private String page() {
        return PageText.of(page -> metrics.scrape(Format.TEXT, page));
    }
}
