package dev.agw.llm;

import dev.agw.exchange.GenAi;
import dev.agw.http.JsonCursor;

/// Takes over the model that an answer names: it becomes a label and a log field, so it is bounded.
final class ResponseModel {
    private static final int MOST_BYTES = 256;

    private ResponseModel() {}

    /// Azure's first chunk names the model `""`; such a name is passed over.
    static void note(GenAi genAi, JsonCursor model) {
        if (model.filled() && model.string() && model.end() - model.start() <= MOST_BYTES) {
            genAi.responseModel(model.text());
        }
    }
}
