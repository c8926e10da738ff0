package dev.agw.llm;

import dev.agw.exchange.TokenUsage;
import dev.agw.http.JsonCursor;

/// Reads the `usage` object in the spellings of chat, text completion, embeddings and responses.
///
/// ```json
/// {"prompt_tokens":9,"completion_tokens":12,"prompt_tokens_details":{"cached_tokens":4},
///  "completion_tokens_details":{"reasoning_tokens":7}}
/// {"input_tokens":9,"output_tokens":12,"input_tokens_details":{"cached_tokens":4},
///  "output_tokens_details":{"reasoning_tokens":7}}
/// ```
/// In this dialect the input holds the cached tokens and the output the reasoning. Ollama and vLLM leave the
/// details out or `null`. A count that makes no sense is unknown.
final class UsageReader {
    private static final byte[] PROMPT_TOKENS = JsonCursor.name("prompt_tokens");
    private static final byte[] INPUT_TOKENS = JsonCursor.name("input_tokens");
    private static final byte[] COMPLETION_TOKENS = JsonCursor.name("completion_tokens");
    private static final byte[] OUTPUT_TOKENS = JsonCursor.name("output_tokens");
    private static final byte[] PROMPT_DETAILS = JsonCursor.name("prompt_tokens_details");
    private static final byte[] INPUT_DETAILS = JsonCursor.name("input_tokens_details");
    private static final byte[] COMPLETION_DETAILS = JsonCursor.name("completion_tokens_details");
    private static final byte[] OUTPUT_DETAILS = JsonCursor.name("output_tokens_details");
    private static final byte[] CACHED_TOKENS = JsonCursor.name("cached_tokens");
    private static final byte[] REASONING_TOKENS = JsonCursor.name("reasoning_tokens");

    private UsageReader() {}

    /// The counts; [TokenUsage#UNKNOWN] if `usage` is no object.
    static TokenUsage read(JsonCursor usage) {
        long input = -1;
        long output = -1;
        long cached = -1;
        long reasoning = -1;
        while (usage.next()) {
            if (usage.named(PROMPT_TOKENS) || usage.named(INPUT_TOKENS)) {
                input = usage.value().count();
            } else if (usage.named(COMPLETION_TOKENS) || usage.named(OUTPUT_TOKENS)) {
                output = usage.value().count();
            } else if (usage.named(PROMPT_DETAILS) || usage.named(INPUT_DETAILS)) {
                cached = count(usage.value(), CACHED_TOKENS);
            } else if (usage.named(COMPLETION_DETAILS) || usage.named(OUTPUT_DETAILS)) {
                reasoning = count(usage.value(), REASONING_TOKENS);
            }
        }
        return new TokenUsage(input, output, cached, reasoning);
    }

    private static long count(JsonCursor details, byte[] name) {
        while (details.next()) {
            if (details.named(name)) {
                return details.value().count();
            }
        }
        return -1;
    }
}
