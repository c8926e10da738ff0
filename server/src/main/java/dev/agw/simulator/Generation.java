package dev.agw.simulator;

/// One answer in the making: what all its events have in common.
///
/// @param luck bits that its ids are made of
/// @param created seconds since 1970
/// @param usage whether token counts are told at all
record Generation(Ask ask, Speech speech, long luck, long created, boolean usage) {
    String id(String prefix) {
        return Dice.id(prefix, luck);
    }

    String model() {
        return JsonText.quote(ask.model());
    }

    /// Why the answer ended: `stop`, or `length` if the request's bound was reached.
    String finishReason() {
        return speech.cut() ? "length" : "stop";
    }

    /// The `usage` of chat completions and completions.
    String completionUsage() {
        int prompt = ask.promptTokens();
        int completion = speech.tokens();
        return "{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + completion + ",\"total_tokens\":"
                + (prompt + completion)
                + ",\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0}"
                + ",\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0"
                + ",\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}";
    }
}
