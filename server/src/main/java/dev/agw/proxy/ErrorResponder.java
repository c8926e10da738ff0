package dev.agw.proxy;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.Exchange;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Outcome;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.llm.OpenAiErrors;
import dev.agw.llm.Operation;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The one place where a [Failure] becomes bytes, in the shape that the caller understands.
final class ErrorResponder {
    private final ReplyFields fields;

    ErrorResponder(ReplyFields fields) {
        this.fields = fields;
    }

    /// Answers with the failure; if an answer has begun already, breaks it off so that nobody takes it for whole.
    void respond(Passage passage, Failure failure) {
        Exchange exchange = passage.exchange();
        exchange.failed(failure);
        if (exchange.reply().committed()) {
            exchange.outcome(outcome(exchange.lifeline().cut()));
            exchange.reply().abort();
            return;
        }
        byte[] body = body(passage, failure);
        Headers headers = new Headers();
        headers.add(HeaderName.CONTENT_TYPE, passage.openAi() ? "application/json" : "text/plain; charset=utf-8");
        failure.retryAfter()
                .ifPresent(wait -> headers.add(
                        HeaderName.RETRY_AFTER,
                        Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()))));
        fields.complete(passage, headers);
        exchange.reply().head(failure.status(), headers, body.length);
        exchange.reply().write(body, 0, body.length);
        exchange.reply().end();
    }

    /// Breaks off a stream of events whose head has left: with an event that says why, if one may follow.
    ///
    /// @param operation the LLM operation; null for a stream that the gateway does not understand
    void breakOff(Passage passage, Failure failure, @Nullable Operation operation, boolean betweenEvents) {
        Exchange exchange = passage.exchange();
        exchange.failed(failure);
        exchange.outcome(outcome(exchange.lifeline().cut()));
        if (operation == null) {
            exchange.reply().abort();
            return;
        }
        byte[] event = OpenAiErrors.event(operation, failure, exchange.requestId(), betweenEvents);
        try {
            exchange.reply().write(event, 0, event.length);
            exchange.reply().end();
        } catch (ClientGoneException gone) {
            exchange.outcome(Outcome.CLIENT_GONE);
        }
    }

    /// How an exchange ended whose answer broke off.
    static Outcome outcome(Lifeline.@Nullable Cut cut) {
        if (cut == null) {
            return Outcome.UPSTREAM_ABORT;
        }
        return switch (cut) {
            case CLIENT_GONE -> Outcome.CLIENT_GONE;
            case SHUTDOWN -> Outcome.SHUTDOWN;
            case CONNECT_TIMEOUT,
                    REQUEST_TIMEOUT,
                    BACKEND_TIMEOUT,
                    FIRST_TOKEN_TIMEOUT,
                    IDLE_TIMEOUT,
                    REQUEST_READ_TIMEOUT -> Outcome.TIMEOUT;
        };
    }

    private static byte[] body(Passage passage, Failure failure) {
        return passage.openAi()
                ? OpenAiErrors.body(failure, passage.exchange().requestId())
                : (failure.message() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
