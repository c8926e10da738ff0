package dev.agw.telemetry;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.Failure;
import dev.agw.exchange.GenAi;
import dev.agw.exchange.Request;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Puts an exchange that is over into one line of JSON. No header values, no bodies, no secrets. Not thread-safe.
final class AccessLine {
    private static final int MILLIS_PER_SECOND = 1000;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private final ByteText out;
    private final JsonLine json;
    /// The second that was formatted last, and its text: formatting one costs as much as the rest of a line.
    private long second = Long.MIN_VALUE;
    private String secondText = "";

    AccessLine(ByteText out) {
        this.out = out;
        this.json = new JsonLine(out);
    }

    void write(Exchange exchange) {
        json.begin();
        time(exchange.arrivedMillis());
        json.field("request_id", exchange.requestId());
        place(exchange);
        request(exchange);
        result(exchange);
        times(exchange);
        volume(exchange);
        GenAi call = exchange.genAi();
        if (call != null) {
            genAi(call);
        }
        json.fieldIfAny("trace_id", exchange.trace().traceId());
        json.fieldIfAny("span_id", exchange.trace().spanId());
        Failure failure = exchange.failure();
        if (failure != null) {
            json.field("error", failure.message());
        }
        json.end();
    }

    private void time(long millis) {
        long seconds = Math.floorDiv(millis, MILLIS_PER_SECOND);
        if (seconds != second) {
            second = seconds;
            secondText = SECOND.format(Instant.ofEpochSecond(seconds));
        }
        json.name("time").put('"').ascii(secondText).put('.');
        out.digits(Math.floorMod(millis, MILLIS_PER_SECOND), 3).put('Z').put('"');
    }

    private void place(Exchange exchange) {
        json.field("gateway", exchange.listener().gateway())
                .field("listener", exchange.listener().listener())
                .field("route", exchange.route().route())
                .field("route_rule", exchange.route().rule())
                .field("backend", exchange.backend())
                .fieldIfAny("endpoint", exchange.endpoint());
    }

    private void request(Exchange exchange) {
        Request request = exchange.request();
        json.field("client", address(exchange.client()))
                .field("method", request.method())
                .field("host", request.host())
                .field("path", SecretFreeTarget.of(request.path(), request.query()))
                .field("protocol", request.version());
    }

    static String address(InetSocketAddress peer) {
        InetAddress address = peer.getAddress();
        return address == null ? peer.getHostString() : address.getHostAddress();
    }

    private void result(Exchange exchange) {
        json.field("status", exchange.reply().status())
                .field("reason", exchange.reason().label())
                .field("outcome", exchange.outcome().label());
    }

    private void times(Exchange exchange) {
        long start = exchange.lifeline().start();
        long duration = exchange.endNanos() - start;
        json.millis("duration_ms", duration);
        if (exchange.firstByteNanos() != 0) {
            json.millis("upstream_first_byte_ms", exchange.firstByteNanos() - start);
        }
        GenAi call = exchange.genAi();
        if (call != null && call.firstTokenNanos() != 0) {
            json.millis("ttft_ms", call.firstTokenNanos() - start);
        }
        json.millis("overhead_ms", duration - exchange.lifeline().waited());
    }

    private void volume(Exchange exchange) {
        json.field("bytes_out", exchange.reply().bytes())
                .field("upstream_bytes", exchange.upstreamBytes())
                .field("retries", exchange.retries());
    }

    private void genAi(GenAi call) {
        json.field("gen_ai.operation", call.operation())
                .field("gen_ai.system", call.system())
                .field("gen_ai.request_model", call.requestModel())
                .field("gen_ai.response_model", call.responseModel())
                .fieldIfKnown("gen_ai.input_tokens", call.usage().input())
                .fieldIfKnown("gen_ai.output_tokens", call.usage().output())
                .fieldIfKnown("gen_ai.cached_tokens", call.usage().cachedInput())
                .fieldIfKnown("gen_ai.reasoning_tokens", call.usage().reasoning());
    }
}
