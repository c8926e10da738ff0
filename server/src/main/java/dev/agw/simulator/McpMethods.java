package dev.agw.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/// What the methods of MCP are answered with: `initialize`, `ping`, `tools/list` and `tools/call`, with a tool `echo`
/// that returns its text and a tool `delay` that does so after some milliseconds.
final class McpMethods {
    /// Revisions that are spoken, the newest first.
    static final List<String> VERSIONS = List.of("2025-06-18", "2025-03-26");

    private static final int NO_METHOD = -32601;
    private static final int BAD_PARAMS = -32602;
    private static final int LONGEST_DELAY_MILLIS = 600_000;
    private static final long NANOS = 1_000_000;
    private static final String ECHO = "echo";
    private static final String DELAY = "delay";
    private static final String MILLIS = "milliseconds";

    private McpMethods() {}

    /// The answer to a request.
    static ObjectNode answer(JsonNode request) {
        JsonNode params = request.path("params");
        return switch (request.path("method").asText()) {
            case "initialize" -> result(request, initialized(params));
            case "ping" -> result(request, JsonNodeFactory.instance.objectNode());
            case "tools/list" -> result(request, tools());
            case "tools/call" -> call(request, params);
            default -> error(request, NO_METHOD, "there is no such method");
        };
    }

    /// Takes the time that a tool takes.
    ///
    /// @throws IOException the client left
    static void pause(Client client, JsonNode request) throws IOException {
        JsonNode params = request.path("params");
        if (params.path("name").asText().equals(DELAY)) {
            client.pause(Math.clamp(params.path("arguments").path(MILLIS).asLong(), 0, LONGEST_DELAY_MILLIS) * NANOS);
        }
    }

    /// Word on the way of a request that asked for it.
    static ObjectNode progress(JsonNode request) {
        ObjectNode message = message();
        message.put("method", "notifications/progress");
        ObjectNode params = message.putObject("params");
        params.set("progressToken", request.path("params").path("_meta").path("progressToken"));
        params.put("progress", 1).put("total", 1);
        return message;
    }

    private static ObjectNode initialized(JsonNode params) {
        String wanted = params.path("protocolVersion").asText();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("protocolVersion", VERSIONS.contains(wanted) ? wanted : VERSIONS.getFirst());
        result.putObject("capabilities").putObject("tools").put("listChanged", false);
        result.putObject("serverInfo").put("name", "agw-simulator").put("version", "1");
        return result;
    }

    private static ObjectNode tools() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode tools = result.putArray("tools");
        schema(tools, ECHO, "Returns its text.");
        schema(tools, DELAY, "Returns its text after some milliseconds.")
                .putObject(MILLIS)
                .put("type", "integer");
        return result;
    }

    private static ObjectNode schema(ArrayNode tools, String name, String description) {
        ObjectNode schema = tools.addObject()
                .put("name", name)
                .put("description", description)
                .putObject("inputSchema");
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("text").put("type", "string");
        return properties;
    }

    private static ObjectNode call(JsonNode request, JsonNode params) {
        String tool = params.path("name").asText();
        if (!tool.equals(ECHO) && !tool.equals(DELAY)) {
            return error(request, BAD_PARAMS, "there is no tool " + tool);
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", params.path("arguments").path("text").asText());
        result.put("isError", false);
        return result(request, result);
    }

    private static ObjectNode result(JsonNode request, ObjectNode result) {
        ObjectNode answer = message();
        answer.set("id", request.path("id"));
        answer.set("result", result);
        return answer;
    }

    private static ObjectNode error(JsonNode request, int code, String why) {
        ObjectNode answer = message();
        answer.set("id", request.path("id"));
        answer.putObject("error").put("code", code).put("message", why);
        return answer;
    }

    private static ObjectNode message() {
        return JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
    }
}
