package dev.agw.llm;

import dev.agw.exchange.GenAi;
import dev.agw.http.JsonCursor;
import dev.agw.http.SseEvent;
import java.util.function.LongSupplier;

/// The named events of a response.
///
/// ```
/// event: response.output_text.delta
/// data: {"type":"response.output_text.delta","delta":"Hi","sequence_number":4}
///
/// event: response.completed
/// data: {"type":"response.completed","response":{"model":"gpt-4o","usage":{"input_tokens":9,...}}}
/// ```
/// The last event is `response.completed`, `.incomplete` or `.failed`, or `error`; there is no `[DONE]`.
final class ResponsesEvents implements AnswerEvents {
    private static final byte[] DELTA_SUFFIX = JsonCursor.name(".delta");
    private static final byte[] TYPE = JsonCursor.name("type");
    private static final byte[] RESPONSE = JsonCursor.name("response");
    private static final byte[] MODEL = JsonCursor.name("model");
    private static final byte[] USAGE = JsonCursor.name("usage");

    private final GenAi genAi;
    private final LongSupplier clock;
    private boolean ended;
    private boolean failed;

    ResponsesEvents(GenAi genAi, LongSupplier clock) {
        this.genAi = genAi;
        this.clock = clock;
    }

    @Override
    public Fate event(SseEvent event) {
        if (event.nameEndsWith(DELTA_SUFFIX)) {
            delta();
        } else if (event.hasData()) {
            take(event, event.named() ? event.name() : type(event));
        }
        return Fate.KEEP;
    }

    private void delta() {
        if (genAi.firstTokenNanos() == 0) {
            genAi.firstToken(clock.getAsLong());
        }
    }

    private void take(SseEvent event, String name) {
        switch (name) {
            case "response.created" -> response(event);
            case "response.completed", "response.incomplete" -> {
                ended = true;
                response(event);
            }
            case "response.failed" -> {
                ended = true;
                failed = true;
                response(event);
            }
            case "error" -> {
                ended = true;
                failed = true;
            }
            default -> {
                if (name.endsWith(".delta")) {
                    delta();
                }
            }
        }
    }

    /// Servers that leave the `event` line out still say the type in the data, and first of all.
    private static String type(SseEvent event) {
        JsonCursor data = data(event);
        while (data.next()) {
            if (data.named(TYPE)) {
                return data.value().text();
            }
        }
        return "";
    }

    private void response(SseEvent event) {
        JsonCursor data = data(event);
        while (data.next()) {
            if (data.named(RESPONSE)) {
                read(data.value());
            }
        }
    }

    private void read(JsonCursor response) {
        while (response.next()) {
            if (response.named(MODEL)) {
                ResponseModel.note(genAi, response.value());
            } else if (response.named(USAGE) && response.value().object()) {
                genAi.usage(UsageReader.read(response.value()));
            }
        }
    }

    private static JsonCursor data(SseEvent event) {
        return JsonCursor.of(event.data(), event.dataStart(), event.dataEnd());
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public boolean failed() {
        return failed;
    }
}
