package dev.agw.llm;

import dev.agw.exchange.GenAi;
import dev.agw.exchange.Outcome;
import dev.agw.http.JsonCapture;
import dev.agw.http.JsonException;
import dev.agw.http.JsonNames;

/// Reads model and token counts from an answer that is one JSON object.
///
/// ```json
/// {"id":"chatcmpl-1","model":"gpt-4o","choices":[...],"usage":{"prompt_tokens":9,"completion_tokens":12}}
/// ```
final class WholeAnswerMeter implements AnswerMeter {
    private static final int MODEL = 0;
    private static final int USAGE = 1;
    private static final JsonNames WANTED = JsonNames.of("model", "usage");
    /// Nothing is looked up in the answer but at its top, so its depth is the client's business.
    private static final int MAX_DEPTH = 1024;

    private static final int VALUE_BOUND = 16 * 1024;

    private final GenAi genAi;
    private final ContentDecoder decoder;
    private final JsonCapture capture = new JsonCapture(WANTED, MAX_DEPTH, VALUE_BOUND);
    private final AnswerSink observed = this::scan;
    private boolean unreadable;

    WholeAnswerMeter(GenAi genAi, ContentDecoder decoder) {
        this.genAi = genAi;
        this.decoder = decoder;
    }

    @Override
    public void accept(byte[] array, int offset, int length, AnswerSink out) {
        out.write(array, offset, length);
        decoder.decode(array, offset, length, observed);
    }

    private void scan(byte[] json, int offset, int length) {
        if (unreadable) {
            return;
        }
        try {
            capture.scan(json, offset, length);
        } catch (JsonException notJson) {
            unreadable = true;
        }
    }

    /// Without framing, an object that is whole is the only sign that nothing is missing.
    @Override
    public Outcome end(boolean framed, AnswerSink out) {
        if (!unreadable && capture.complete()) {
            ResponseModel.note(genAi, capture.value(MODEL));
            genAi.usage(UsageReader.read(capture.value(USAGE)));
            return Outcome.COMPLETED;
        }
        return framed || unreadable || !decoder.readable() ? Outcome.COMPLETED : Outcome.UPSTREAM_ABORT;
    }

    @Override
    public void close() {
        decoder.close();
    }
}
