package dev.agw.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import java.io.IOException;
import java.util.Optional;

/// A server of the Model Context Protocol over streamable HTTP, revision 2025-06-18, for all paths that end with
/// `/mcp`.
///
/// `initialize` opens a session; it is named by `Mcp-Session-Id` from then on and ended by DELETE. Answers are
/// JSON, or an event stream for who says `x-sim-mcp-answer: events` and for tool calls that ask for progress. The
/// other `x-sim-*` fields for status, head delay and faults before the head count here, too.
///
/// | what is wrong | status |
/// |---|---|
/// | `Accept` lacks one of both types; another `Content-Type` | 406; 415 |
/// | no JSON, a batch, no JSON-RPC; an unknown `MCP-Protocol-Version`; no session | 400 |
/// | a session that there is none of, or no more | 404 |
/// | GET: this server says nothing of its own accord | 405 |
///
/// https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#streamable-http. Thread-safe.
final class McpServer {
    private static final HeaderName SESSION = HeaderName.of("mcp-session-id");
    private static final HeaderName VERSION = HeaderName.of("mcp-protocol-version");
    private static final HeaderName ACCEPT = HeaderName.of("accept");
    private static final HeaderName TYPE = HeaderName.of("content-type");
    private static final HeaderName FORM = HeaderName.of("x-sim-mcp-answer");
    private static final String JSON_TYPE = "application/json";
    private static final String EVENTS_TYPE = "text/event-stream";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final McpSessions sessions = new McpSessions();

    /// Whether a path is this server's.
    static boolean serves(String path) {
        return path.endsWith("/mcp");
    }

    void answer(Turn turn, Script script, byte[] content) throws IOException {
        if (script.status() != 200) {
            turn.body(
                    script,
                    script.status(),
                    McpException.of(script.status(), McpException.INTERNAL, "simulated")
                            .json());
            return;
        }
        try {
            answer(turn, script, turn.head().headers(), content);
        } catch (McpException error) {
            turn.body(script, error.status(), error.json());
        }
    }

    private void answer(Turn turn, Script script, Headers fields, byte[] content) throws IOException {
        switch (turn.head().method()) {
            case "POST" -> post(turn, script, fields, message(fields, content));
            case "DELETE" -> {
                sessions.end(session(fields));
                turn.empty(script, 204);
            }
            default -> {
                turn.replies().field("Allow", "POST, DELETE");
                throw McpException.of(405, McpException.INVALID_REQUEST, "only POST and DELETE are served here");
            }
        }
    }

    private static JsonNode message(Headers fields, byte[] content) {
        String accept = fields.first(ACCEPT).orElse("");
        if (!accept.contains(JSON_TYPE) || !accept.contains(EVENTS_TYPE)) {
            throw McpException.of(
                    406, McpException.INVALID_REQUEST, "Accept must name " + JSON_TYPE + " and " + EVENTS_TYPE);
        }
        if (!fields.first(TYPE).orElse("").startsWith(JSON_TYPE)) {
            throw McpException.of(415, McpException.INVALID_REQUEST, "Content-Type must be " + JSON_TYPE);
        }
        JsonNode message = parsed(content);
        if (!message.isObject() || !message.path("jsonrpc").asText().equals("2.0")) {
            throw McpException.of(400, McpException.INVALID_REQUEST, "expected one message of JSON-RPC 2.0");
        }
        return message;
    }

    private static JsonNode parsed(byte[] content) {
        try {
            return JSON.readTree(content);
        } catch (IOException unreadable) {
            throw McpException.of(400, McpException.PARSE, "no JSON");
        }
    }

    private void post(Turn turn, Script script, Headers fields, JsonNode message) throws IOException {
        if (message.path("method").asText().equals("initialize")) {
            String session = sessions.begin(turn.luck());
            turn.replies().field("Mcp-Session-Id", session);
        } else {
            sessions.check(session(fields));
            version(fields);
        }
        boolean request = message.has("method") && message.has("id");
        if (!request) {
            turn.empty(script, 202);
            return;
        }
        boolean progress = message.path("params").path("_meta").has("progressToken");
        boolean events = progress || fields.hasToken(FORM, "events");
        McpReply reply = new McpReply(turn, script, events);
        McpMethods.pause(turn.client(), message);
        if (progress) {
            reply.add(McpMethods.progress(message));
        }
        ObjectNode answer = McpMethods.answer(message);
        reply.end(answer);
    }

    private static String session(Headers fields) {
        Optional<String> session = fields.first(SESSION);
        return session.orElseThrow(
                () -> McpException.of(400, McpException.INVALID_REQUEST, "Mcp-Session-Id is missing"));
    }

    /// Who says nothing is taken for an older client.
    private static void version(Headers fields) {
        fields.first(VERSION)
                .filter(version -> !McpMethods.VERSIONS.contains(version))
                .ifPresent(version -> {
                    throw McpException.of(
                            400,
                            McpException.INVALID_REQUEST,
                            "MCP-Protocol-Version " + version + " is none of " + McpMethods.VERSIONS);
                });
    }
}
