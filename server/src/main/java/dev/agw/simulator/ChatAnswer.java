package dev.agw.simulator;

/// A chat completion.
///
/// The stream: a chunk with the role, chunks with one token each, a chunk with the finish reason, and, if the
/// client set `stream_options.include_usage`, a chunk without choices that tells usage while all others say
/// `"usage":null`. https://platform.openai.com/docs/api-reference/chat
final class ChatAnswer implements Answer {
    private static final String AFTER_TEXT =
            ",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"";
    private static final String SIGNATURE = ",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_agwsimulator\"";

    private final Generation generation;
    private final String chunkStart;
    private final boolean tellUsage;

    ChatAnswer(Generation generation) {
        this.generation = generation;
        this.chunkStart = generation.ask().stream()
                ? "data: " + start("chat.completion.chunk") + SIGNATURE + ",\"choices\":["
                : "";
        this.tellUsage = generation.usage() && generation.ask().includeUsage();
    }

    private String start(String object) {
        return "{\"id\":\"" + generation.id("chatcmpl-") + "\",\"object\":\"" + object + "\",\"created\":"
                + generation.created() + ",\"model\":" + generation.model();
    }

    @Override
    public String body(String text) {
        String usage = generation.usage() ? ",\"usage\":" + generation.completionUsage() : "";
        return start("chat.completion") + ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                + JsonText.quote(text) + AFTER_TEXT + generation.finishReason() + "\"}]" + usage + SIGNATURE + "}";
    }

    @Override
    public String opening() {
        return chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
    }

    @Override
    public String token(int i, String text) {
        return chunk("{\"content\":" + JsonText.quote(text) + "}", "null");
    }

    @Override
    public String closing() {
        String finish = chunk("{}", "\"" + generation.finishReason() + "\"");
        return tellUsage ? finish + chunkStart + "],\"usage\":" + generation.completionUsage() + "}\n\n" : finish;
    }

    private String chunk(String delta, String finishReason) {
        return chunkStart + "{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finishReason
                + (tellUsage ? "}],\"usage\":null}\n\n" : "}]}\n\n");
    }
}
