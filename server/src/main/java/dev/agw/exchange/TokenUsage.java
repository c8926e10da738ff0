package dev.agw.exchange;

/// Tokens of one LLM call, as the provider counted them; a count that was not given is -1.
///
/// @param input tokens of the prompt, cached ones included
/// @param output tokens of the answer, reasoning included
/// @param cachedInput the part of `input` that came from the provider's cache
/// @param reasoning the part of `output` that was reasoning
public record TokenUsage(long input, long output, long cachedInput, long reasoning) {
    /// Nothing was counted.
    public static final TokenUsage UNKNOWN = new TokenUsage(-1, -1, -1, -1);

    /// Whether the provider gave at least one of the two main counts.
    public boolean known() {
        return input >= 0 || output >= 0;
    }
}
