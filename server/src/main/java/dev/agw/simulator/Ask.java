package dev.agw.simulator;

/// What matters of a request to generate something.
///
/// @param model as the client spells it; empty if it is missing
/// @param stream whether the answer is wanted as events
/// @param includeUsage `stream_options.include_usage`
/// @param maxTokens the client's bound of completion tokens, whatever its field is called; -1 for none
/// @param promptTokens estimate: one token per four characters of text, rounded up, 3 per message and 3 for the answer
/// @param lastText the last piece of text of the prompt; empty if there is none
/// @param prompted whether there is a `messages`, `input` or `prompt` at all
record Ask(
        String model,
        boolean stream,
        boolean includeUsage,
        int maxTokens,
        int promptTokens,
        String lastText,
        boolean prompted) {
    /// A request without a body.
    static final Ask NOTHING = new Ask("", false, false, -1, 0, "", false);

    /// @param promptField what the endpoint calls the prompt
    /// @throws ApiErrorException model or prompt is missing
    Ask require(String promptField) {
        if (model.isEmpty()) {
            throw ApiErrorException.missing("model");
        }
        if (!prompted) {
            throw ApiErrorException.missing(promptField);
        }
        return this;
    }

    /// How many of `wanted` tokens the client allows.
    int allowed(int wanted) {
        return maxTokens < 0 ? wanted : Math.min(wanted, maxTokens);
    }
}
