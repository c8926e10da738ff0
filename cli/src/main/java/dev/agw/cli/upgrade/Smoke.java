package dev.agw.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/// A few requests through a gateway, as a client would send them.
///
/// ```json
/// [{"what": "a streamed chat completion", "status": 200, "ok": true, "told": "it ended with [DONE]"}]
/// ```
///
/// @param base `http://host:port/v1`
/// @param model what the chat asks for
/// @param key of a client; empty to send none
public record Smoke(URI base, String model, Optional<String> key) {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /// Sends them.
    public JsonNode answers() throws InterruptedException {
        ArrayNode answers = JsonNodeFactory.instance.arrayNode();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(DEADLINE).build()) {
            models(http, answers.addObject().put("what", "GET " + base + "/models"));
            chat(http, answers.addObject().put("what", "a streamed chat completion of " + model));
        }
        return answers;
    }

    /// A gateway need not have a route for the list of models.
    private void models(HttpClient http, ObjectNode answer) throws InterruptedException {
        send(http, request("/models").GET().build(), answer);
        int status = answer.path("status").asInt();
        answer.put("ok", status == OK || status == NOT_FOUND);
    }

    private void chat(HttpClient http, ObjectNode answer) throws InterruptedException {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("model", model)
                .put("stream", true)
                .put("max_tokens", 8);
        body.putArray("messages").addObject().put("role", "user").put("content", "Say yes.");
        HttpRequest request = request("/chat/completions")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        boolean whole = send(http, request, answer).contains("data: [DONE]");
        answer.put("ok", whole && answer.path("status").asInt() == OK)
                .put(
                        "told",
                        whole ? "it ended with [DONE]" : answer.path("told").asText("it broke off"));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(base.toString().replaceAll("/+$", "") + path))
                .timeout(DEADLINE);
        key.ifPresent(secret -> request.header("authorization", "Bearer " + secret));
        return request;
    }

    private static String send(HttpClient http, HttpRequest request, ObjectNode answer) throws InterruptedException {
        try {
            HttpResponse<String> got = http.send(request, HttpResponse.BodyHandlers.ofString());
            answer.put("status", got.statusCode());
            return got.body();
        } catch (IOException broken) {
            answer.put("told", Optional.ofNullable(broken.getMessage()).orElse(broken.toString()));
            return "";
        }
    }
}
