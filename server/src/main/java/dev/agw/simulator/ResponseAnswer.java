package dev.agw.simulator;

/// A response of the responses API. Its events have names and numbers, and no `[DONE]` ends them; usage stands in the
/// last one. https://platform.openai.com/docs/api-reference/responses-streaming
final class ResponseAnswer implements Answer {
    /// Events before the first token, so its delta has this number.
    private static final int OPENING_EVENTS = 4;
    private static final String PART_PLACE = ",\"output_index\":0,\"content_index\":0";

    private final Generation generation;
    private final String item;

    ResponseAnswer(Generation generation) {
        this.generation = generation;
        this.item = generation.id("msg_");
    }

    @Override
    public String body(String text) {
        boolean cut = generation.speech().cut();
        String incomplete = cut ? "{\"reason\":\"max_output_tokens\"}" : "null";
        return response(finalStatus(), incomplete, "[" + item(finalStatus(), part(text)) + "]", usage());
    }

    @Override
    public String opening() {
        String started = response("in_progress", "null", "[]", "null");
        return event("response.created", 0, "\"response\":" + started)
                + event("response.in_progress", 1, "\"response\":" + started)
                + event("response.output_item.added", 2, "\"output_index\":0,\"item\":" + item("in_progress", ""))
                + event("response.content_part.added", 3, itemPlace() + ",\"part\":" + part(""));
    }

    @Override
    public String token(int i, String text) {
        String delta = itemPlace() + ",\"delta\":" + JsonText.quote(text) + ",\"logprobs\":[]";
        return event("response.output_text.delta", OPENING_EVENTS + i, delta);
    }

    @Override
    public String closing() {
        String text = generation.speech().text();
        int number = OPENING_EVENTS + generation.speech().tokens();
        String whole = "\"output_index\":0,\"item\":" + item(finalStatus(), part(text));
        return event(
                        "response.output_text.done",
                        number,
                        itemPlace() + ",\"text\":" + JsonText.quote(text) + ",\"logprobs\":[]")
                + event("response.content_part.done", number + 1, itemPlace() + ",\"part\":" + part(text))
                + event("response.output_item.done", number + 2, whole)
                + event("response." + finalStatus(), number + 3, "\"response\":" + body(text));
    }

    @Override
    public String done() {
        return "";
    }

    @Override
    public String error(int sent) {
        return event(
                "error",
                OPENING_EVENTS + sent,
                "\"code\":\"server_error\",\"message\":\"simulated failure\",\"param\":null");
    }

    private static String event(String type, int number, String rest) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + number + "," + rest
                + "}\n\n";
    }

    private String itemPlace() {
        return "\"item_id\":\"" + item + "\"" + PART_PLACE;
    }

    private String finalStatus() {
        return generation.speech().cut() ? "incomplete" : "completed";
    }

    private String response(String status, String incomplete, String output, String usage) {
        return "{\"id\":\"" + generation.id("resp_") + "\",\"object\":\"response\",\"created_at\":"
                + generation.created() + ",\"status\":\"" + status
                + "\",\"background\":false,\"error\":null,\"incomplete_details\":" + incomplete
                + ",\"instructions\":null,\"max_output_tokens\":" + maxTokens() + ",\"model\":" + generation.model()
                + ",\"output\":" + output
                + ",\"parallel_tool_calls\":true,\"previous_response_id\":null"
                + ",\"reasoning\":{\"effort\":null,\"summary\":null},\"service_tier\":\"default\",\"store\":true"
                + ",\"temperature\":1.0,\"text\":{\"format\":{\"type\":\"text\"}},\"tool_choice\":\"auto\",\"tools\":[]"
                + ",\"top_p\":1.0,\"truncation\":\"disabled\",\"usage\":" + usage + ",\"metadata\":{}}";
    }

    private String maxTokens() {
        int most = generation.ask().maxTokens();
        return most < 0 ? "null" : Integer.toString(most);
    }

    /// @param part JSON of the only part; empty for an item without content yet
    private String item(String status, String part) {
        return "{\"id\":\"" + item + "\",\"type\":\"message\",\"status\":\"" + status
                + "\",\"role\":\"assistant\",\"content\":[" + part + "]}";
    }

    private static String part(String text) {
        return "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":" + JsonText.quote(text) + "}";
    }

    private String usage() {
        if (!generation.usage()) {
            return "null";
        }
        int input = generation.ask().promptTokens();
        int output = generation.speech().tokens();
        return "{\"input_tokens\":" + input + ",\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":"
                + output + ",\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":" + (input + output)
                + "}";
    }
}
