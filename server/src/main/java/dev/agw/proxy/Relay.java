package dev.agw.proxy;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Reply;
import dev.agw.http.Body;
import dev.agw.http.EndToEnd;
import dev.agw.http.Framing;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.llm.AnswerMeter;
import dev.agw.llm.Operation;
import dev.agw.telemetry.GatewayMetrics;
import dev.agw.upstream.UpstreamBrokenException;
import dev.agw.upstream.UpstreamResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Hands an answer of a backend to the client as it comes: one write for what is there, none held back for what is not.
final class Relay {
    private static final String EVENT_STREAM = "text/event-stream";

    private static final int UPGRADE_REQUIRED = 426;

    private final ReplyFields fields;
    private final ErrorResponder errors;
    private final GatewayMetrics metrics;

    Relay(ReplyFields fields, ErrorResponder errors, GatewayMetrics metrics) {
        this.fields = fields;
        this.errors = errors;
        this.metrics = metrics;
    }

    static boolean isStream(Headers headers) {
        return headers.first(HeaderName.CONTENT_TYPE)
                .map(type -> type.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length()))
                .orElse(false);
    }

    /// Relays head and body.
    ///
    /// @param meter looks at the body in passing
    /// @param operation the LLM operation; null for plain traffic
    void relay(Passage passage, UpstreamResponse response, AnswerMeter meter, @Nullable Operation operation) {
        boolean stream = isStream(response.headers());
        if (!stream) {
            answer(passage, response, meter, operation);
            return;
        }
        streaming(passage.exchange(), () -> answer(passage, response, meter, operation));
    }

    /// Runs what carries a stream, counted as one while it runs.
    void streaming(Exchange exchange, Runnable stream) {
        exchange.streaming();
        metrics.streamStarted();
        try {
            stream.run();
        } finally {
            metrics.streamEnded();
        }
    }

    private void answer(Passage passage, UpstreamResponse response, AnswerMeter meter, @Nullable Operation operation) {
        head(passage, response, meter.rewrites() ? Reply.UNKNOWN_LENGTH : announced(passage, response));
        try {
            body(passage, response, meter);
        } catch (UpstreamBrokenException e) {
            brokenOff(passage, response, e.failure(), meter, operation);
        } catch (IOException e) {
            brokenOff(
                    passage,
                    response,
                    Failure.UpstreamFailure.broken(String.valueOf(e.getMessage())),
                    meter,
                    operation);
        }
    }

    void head(Passage passage, UpstreamResponse response, long length) {
        Headers headers = EndToEnd.of(response.headers());
        if (response.status() == UPGRADE_REQUIRED) {
            demandUpgrade(passage, response.headers(), headers);
        }
        fields.complete(passage, headers);
        passage.reply().head(response.status(), headers, length);
    }

    /// The one answer that has to say which protocol is wanted (RFC 9110 §15.5.22). HTTP/2 knows no upgrade.
    private static void demandUpgrade(Passage passage, Headers answer, Headers kept) {
        if (!passage.request().version().equals("HTTP/2")) {
            answer.all(HeaderName.UPGRADE).forEach(protocols -> kept.add(HeaderName.UPGRADE, protocols));
            if (kept.has(HeaderName.UPGRADE)) {
                kept.set(HeaderName.CONNECTION, "Upgrade");
            }
        }
    }

    private static void body(Passage passage, UpstreamResponse response, AnswerMeter meter) throws IOException {
        Exchange exchange = passage.exchange();
        Reply reply = exchange.reply();
        Body body = response.body();
        TokenPace pace = TokenPace.of(passage, response);
        if (!body.ready()) {
            reply.flush();
        }
        while (body.next()) {
            exchange.received(body.length());
            meter.accept(body.array(), body.offset(), body.length(), reply::write);
            pace.passed();
            if (!body.ready()) {
                body.settle();
                reply.flush();
            }
        }
        exchange.outcome(meter.end(body.framed(), reply::write));
        reply.end();
    }

    private void brokenOff(
            Passage passage,
            UpstreamResponse response,
            Failure failure,
            AnswerMeter meter,
            @Nullable Operation operation) {
        errors.breakOff(passage, failure, explains(passage, response, operation), meter.betweenEvents());
    }

    /// An event can follow only where the client reads plain events.
    private static @Nullable Operation explains(
            Passage passage, UpstreamResponse response, @Nullable Operation operation) {
        boolean plain = operation != null
                && operation.metered()
                && passage.exchange().stream()
                && !response.headers().has(HeaderName.CONTENT_ENCODING);
        return plain ? operation : null;
    }

    /// The length to announce: that of the body, or what the backend says a body would have that is not sent.
    private static long announced(Passage passage, UpstreamResponse response) {
        if (Framing.bodiless(passage.request().method(), response.status())) {
            return response.headers()
                    .first(HeaderName.CONTENT_LENGTH)
                    .map(Long::parseLong)
                    .orElse(-1L);
        }
        return response.body().declaredLength();
    }
}
