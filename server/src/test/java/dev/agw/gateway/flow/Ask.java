package dev.agw.gateway.flow;

import java.nio.charset.StandardCharsets;

/// Requests as text.
final class Ask {
    static final String CHAT = "/v1/chat/completions";

    private Ask() {}

    static String get(String path, String... fields) {
        return head("GET", path, fields) + "\r\n";
    }

    static String post(String path, String body, String... fields) {
        return head("POST", path, fields) + "Content-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    /// A chat completion.
    static String chat(String... fields) {
        return post(CHAT, chatBody(), fields);
    }

    static String chatBody() {
        return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    }

    /// A streamed chat completion.
    static String stream(String... fields) {
        return post(CHAT, streamBody(), fields);
    }

    static String streamBody() {
        return streamBody("");
    }

    /// A streamed chat completion that asks for token counts.
    static String countedStream(String... fields) {
        return post(CHAT, streamBody(",\"stream_options\":{\"include_usage\":true}"), fields);
    }

    private static String streamBody(String more) {
        return "{\"model\":\"gpt-4o\",\"stream\":true" + more
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    }

    static String head(String method, String path, String... fields) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: test\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        return head.toString();
    }
}
