package dev.agw.simulator;

/// How one kind of answer looks on the wire, whole or as a stream of server-sent events.
///
/// A stream is `opening`, one `token` for each, `closing`, `done`.
sealed interface Answer permits ChatAnswer, CompletionAnswer, ResponseAnswer {
    String DONE = "data: [DONE]\n\n";

    /// The JSON of an answer that is no stream.
    String body(String text);

    /// The events before the first token.
    String opening();

    /// The event of token `i`.
    String token(int i, String text);

    /// The events behind the last token, up to the one that tells usage.
    String closing();

    /// What ends the stream; empty for a kind that has no such mark.
    default String done() {
        return DONE;
    }

    /// The event of a failure after `sent` tokens.
    default String error(int sent) {
        return "data: " + ApiErrorException.ofStatus(500).json() + "\n\n";
    }
}
