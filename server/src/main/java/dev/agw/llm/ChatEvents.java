package dev.agw.llm;

import dev.agw.exchange.GenAi;
import dev.agw.exchange.TokenUsage;
import dev.agw.http.JsonCursor;
import dev.agw.http.SseEvent;
import java.util.function.LongSupplier;

/// The chunks of chat and text completions.
///
/// ```
/// data: {"model":"gpt-4o","choices":[{"index":0,"delta":{"content":"Hi"}}],"usage":null}
/// data: {"model":"gpt-4o","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":12}}
/// data: [DONE]
/// ```
/// Once model and first token are known, a chunk is looked into only if it has a member `usage` or begins with
/// an error. Usage may come in a chunk of its own, with the finish reason, or in every chunk (vLLM's continuous
/// usage): the last one holds.
final class ChatEvents implements AnswerEvents {
    private static final byte[] DONE = JsonCursor.name("[DONE]");
    private static final byte[] MODEL = JsonCursor.name("model");
    private static final byte[] CHOICES = JsonCursor.name("choices");
    private static final byte[] USAGE = JsonCursor.name("usage");
    private static final byte[] ERROR = JsonCursor.name("error");
    private static final byte[] DELTA = JsonCursor.name("delta");
    private static final byte[] TEXT = JsonCursor.name("text");
    /// Members of a delta that are tokens of the model; `reasoning` and `reasoning_content` are vLLM's.
    private static final byte[][] TOKENS = {
        JsonCursor.name("content"),
        JsonCursor.name("reasoning"),
        JsonCursor.name("reasoning_content"),
        JsonCursor.name("refusal"),
        JsonCursor.name("tool_calls"),
        JsonCursor.name("function_call"),
        JsonCursor.name("audio")
    };
    /// A quote within a string is escaped, so these bytes are a key, or a string that is just this word.
    private static final BytePattern USAGE_KEY = new BytePattern("\"usage\"");

    private static final BytePattern ERROR_KEY = new BytePattern("\"error\"");
    private static final int ERROR_WITHIN = 16;

    private final GenAi genAi;
    private final LongSupplier clock;
    private boolean ended;
    private boolean failed;
    private boolean modelKnown;
    private boolean noChoices;
    private boolean counted;
    private int cutStart;
    private int cutEnd;

    ChatEvents(GenAi genAi, LongSupplier clock) {
        this.genAi = genAi;
        this.clock = clock;
    }

    @Override
    public Fate event(SseEvent event) {
        if (event.dataIs(DONE)) {
            ended = true;
            return Fate.KEEP;
        }
        return worthReading(event) ? read(JsonCursor.of(event.data(), event.dataStart(), event.dataEnd())) : Fate.KEEP;
    }

    private boolean worthReading(SseEvent event) {
        int start = event.dataStart();
        return !modelKnown
                || genAi.firstTokenNanos() == 0
                || USAGE_KEY.in(event.data(), start, event.dataEnd())
                || ERROR_KEY.in(event.data(), start, Math.min(start + ERROR_WITHIN, event.dataEnd()));
    }

    private Fate read(JsonCursor chunk) {
        noChoices = false;
        counted = false;
        cutStart = 0;
        cutEnd = 0;
        int previousEnd = 0;
        while (chunk.next()) {
            if (chunk.named(USAGE)) {
                usage(chunk, previousEnd);
            } else {
                member(chunk);
            }
            previousEnd = chunk.memberEnd();
        }
        return noChoices && counted ? Fate.DROP : cutEnd > 0 ? Fate.CUT : Fate.KEEP;
    }

    private void member(JsonCursor chunk) {
        if (chunk.named(CHOICES)) {
            choices(chunk.value());
        } else if (chunk.named(MODEL)) {
            modelKnown = true;
            ResponseModel.note(genAi, chunk.value());
        } else if (chunk.named(ERROR)) {
            failed |= chunk.value().filled();
        }
    }

    private void usage(JsonCursor chunk, int previousEnd) {
        JsonCursor usage = chunk.value();
        counted = usage.object();
        if (usage.isNull()) {
            cut(chunk, previousEnd);
            return;
        }
        TokenUsage counts = UsageReader.read(usage);
        if (counts.known()) {
            genAi.usage(counts);
        }
    }

    /// The member goes with the comma before it; the first one with the comma behind it.
    private void cut(JsonCursor chunk, int previousEnd) {
        cutStart = previousEnd > 0 ? previousEnd : chunk.memberStart();
        cutEnd = previousEnd > 0 ? chunk.memberEnd() : chunk.behindSeparator();
    }

    private void choices(JsonCursor choices) {
        noChoices = choices.array() && !choices.filled();
        if (genAi.firstTokenNanos() != 0) {
            return;
        }
        while (choices.next()) {
            if (holdsToken(choices.value())) {
                genAi.firstToken(clock.getAsLong());
                return;
            }
        }
    }

    private static boolean holdsToken(JsonCursor choice) {
        while (choice.next()) {
            boolean token = (choice.named(TEXT) && choice.value().filled())
                    || (choice.named(DELTA) && deltaHoldsToken(choice.value()));
            if (token) {
                return true;
            }
        }
        return false;
    }

    private static boolean deltaHoldsToken(JsonCursor delta) {
        while (delta.next()) {
            if (isToken(delta) && delta.value().filled()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isToken(JsonCursor delta) {
        for (byte[] name : TOKENS) {
            if (delta.named(name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public boolean failed() {
        return failed;
    }

    @Override
    public int cutStart() {
        return cutStart;
    }

    @Override
    public int cutEnd() {
        return cutEnd;
    }
}
