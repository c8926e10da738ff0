package dev.agw.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agw.http.Body;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.http.SseScanner;
import dev.agw.upstream.UpstreamResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// One session with an MCP server over streamable HTTP, revision 2025-06-18. Confined to one thread.
///
/// https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#streamable-http
final class McpSession {
    private static final String REVISION = "2025-06-18";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HeaderName SESSION = HeaderName.of("mcp-session-id");
    private static final HeaderName TYPE = HeaderName.of("content-type");
    private static final int NOT_FOUND = 404;

    private final Plan plan;
    private final Caller caller;
    private final Tally tally;
    private String session = "";
    private String revision = "";
    private int ids;

    /// @param tally takes the time of each request, by its method
    McpSession(Plan plan, Caller caller, Tally tally) {
        this.plan = plan;
        this.caller = caller;
        this.tally = tally;
    }

    /// Opens the session.
    ///
    /// @param intended when that was to begin
    void initialize(long intended) throws IOException {
        JsonNode result = request("initialize", """
            {"protocolVersion": "%s", "capabilities": {}, "clientInfo": {"name": "agw bench", "version": "1"}}\
            """.formatted(REVISION), intended);
        revision = result.path("protocolVersion").asText(REVISION);
        tell("notifications/initialized");
    }

    /// Asks, and returns the result.
    ///
    /// @param params as JSON
    JsonNode request(String method, String params) throws IOException {
        return request(method, params, System.nanoTime());
    }

    private JsonNode request(String method, String params, long start) throws IOException {
        int id = ++ids;
        String body = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
        JsonNode answer = caller.call(
                "POST", fields(), body.getBytes(StandardCharsets.UTF_8), response -> answer(response, method, id));
        tally.method(method, System.nanoTime() - start);
        if (answer.has("error")) {
            throw new RefusedException(
                    method + ": error " + answer.path("error").path("code").asText());
        }
        if (answer.path("result").path("isError").asBoolean()) {
            throw new RefusedException(method + ": the tool failed");
        }
        return answer.path("result");
    }

    private void tell(String method) throws IOException {
        String body = "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"}";
        caller.call("POST", fields(), body.getBytes(StandardCharsets.UTF_8), response -> {
            response.body().readAll(Caller.LONGEST_ANSWER);
            if (response.status() / 100 != 2) {
                throw new RefusedException(method + ": " + Caller.outcome(response));
            }
            return true;
        });
    }

    /// Ends the session, as is polite; a server need not let its clients do so.
    void end() throws IOException {
        if (!session.isEmpty()) {
            caller.call(
                    "DELETE", fields(), new byte[0], response -> response.body().readAll(Caller.LONGEST_ANSWER));
        }
    }

    private Headers fields() {
        Headers fields = Headers.of(
                "Host",
                plan.url().authority(),
                "Content-Type",
                "application/json",
                "Accept",
                "application/json, text/event-stream");
        if (!session.isEmpty()) {
            fields.add("Mcp-Session-Id", session);
        }
        if (!revision.isEmpty()) {
            fields.add("MCP-Protocol-Version", revision);
        }
        return fields;
    }

    private JsonNode answer(UpstreamResponse response, String method, int id) throws IOException {
        if (response.status() != Caller.OK) {
            response.body().readAll(Caller.LONGEST_ANSWER);
            boolean lost = response.status() == NOT_FOUND && !session.isEmpty();
            throw new RefusedException(method + ": " + (lost ? "session lost" : Caller.outcome(response)));
        }
        session = response.headers().first(SESSION).orElse(session);
        boolean events = response.headers().first(TYPE).orElse("").startsWith("text/event-stream");
        return events
                ? stream(response.body(), method, id)
                : JSON.readTree(response.body().readAll(Caller.LONGEST_ANSWER));
    }

    private static JsonNode stream(Body body, String method, int id) throws IOException {
        McpStream stream = new McpStream(id);
        SseScanner scanner = new SseScanner(stream);
        while (body.next()) {
            scanner.scan(body.array(), body.offset(), body.length());
        }
        scanner.finish();
        return stream.answer().orElseThrow(() -> new RefusedException(method + ": stream without an answer"));
    }
}
