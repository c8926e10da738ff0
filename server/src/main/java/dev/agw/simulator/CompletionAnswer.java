package dev.agw.simulator;

/// A completion of the older kind: text instead of messages, and the same object whole and in chunks.
/// https://platform.openai.com/docs/api-reference/completions
final class CompletionAnswer implements Answer {
    private final Generation generation;
    private final String start;
    private final boolean tellUsage;

    CompletionAnswer(Generation generation) {
        this.generation = generation;
        this.start = "{\"id\":\"" + generation.id("cmpl-") + "\",\"object\":\"text_completion\",\"created\":"
                + generation.created() + ",\"model\":" + generation.model() + ",\"choices\":[";
        this.tellUsage = generation.usage() && generation.ask().includeUsage();
    }

    @Override
    public String body(String text) {
        String usage = generation.usage() ? ",\"usage\":" + generation.completionUsage() : "";
        return start + choice(text, "\"" + generation.finishReason() + "\"") + usage + "}";
    }

    /// There is no role to tell.
    @Override
    public String opening() {
        return "";
    }

    @Override
    public String token(int i, String text) {
        return event(choice(text, "null"));
    }

    @Override
    public String closing() {
        String finish = event(choice("", "\"" + generation.finishReason() + "\""));
        return tellUsage ? finish + "data: " + start + "],\"usage\":" + generation.completionUsage() + "}\n\n" : finish;
    }

    private String event(String choice) {
        return "data: " + start + choice + (tellUsage ? ",\"usage\":null}\n\n" : "}\n\n");
    }

    private static String choice(String text, String finishReason) {
        return "{\"text\":" + JsonText.quote(text) + ",\"index\":0,\"logprobs\":null,\"finish_reason\":" + finishReason
                + "}]";
    }
}
