package dev.agw.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOTH = "application/json, text/event-stream";
    private static final String INITIALIZE = """
        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},
         "clientInfo":{"name":"test","version":"1"}}}\
        """;
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}";

    private final Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        simulator.close();
        http.close();
    }

    @Test
    void opensASessionAndNamesItsToolsAndCallsThem() throws Exception {
        HttpResponse<String> opened = post(INITIALIZE);
        String session = opened.headers().firstValue("Mcp-Session-Id").orElseThrow();

        assertThat(json(opened).path("result").path("protocolVersion").asText()).isEqualTo("2025-06-18");
        HttpResponse<String> ready =
                post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", "Mcp-Session-Id", session);
        assertThat(ready.statusCode()).isEqualTo(202);
        assertThat(ready.body()).isEmpty();
        JsonNode tools = json(post(LIST, "Mcp-Session-Id", session));
        assertThat(tools.path("id").asInt()).isEqualTo(7);
        assertThat(tools.path("result").path("tools").findValuesAsText("name")).containsExactly("echo", "delay");
        JsonNode echo = json(post(call("echo", "{\"text\":\"hi\"}", ""), "Mcp-Session-Id", session));
        assertThat(echo.path("result").path("content").path(0).path("text").asText())
                .isEqualTo("hi");
    }

    @Test
    void answersAsAnEventStreamWithWordOnTheWay() throws Exception {
        String call = call("delay", "{\"text\":\"late\",\"milliseconds\":20}", ",\"_meta\":{\"progressToken\":\"p\"}");

        HttpResponse<String> stream = post(call, "Mcp-Session-Id", session(), "MCP-Protocol-Version", "2025-06-18");

        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        List<JsonNode> events = new ArrayList<>();
        for (String line :
                stream.body().lines().filter(line -> line.startsWith("data: ")).toList()) {
            events.add(JSON.readTree(line.substring("data: ".length())));
        }
        assertThat(events).hasSize(2);
        assertThat(events.get(0).path("method").asText()).isEqualTo("notifications/progress");
        assertThat(events.get(0).path("params").path("progressToken").asText()).isEqualTo("p");
        assertThat(events.get(1)
                        .path("result")
                        .path("content")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo("late");
        assertThat(post(LIST, "Mcp-Session-Id", session(), "x-sim-mcp-answer", "events")
                        .body())
                .startsWith("event: message\ndata: {");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "406 | Accept | application/json",
                "415 | Content-Type | text/plain",
                "400 | MCP-Protocol-Version | 1999-01-01",
                "404 | Mcp-Session-Id | mcp-none",
                "503 | x-sim-status | 503"
            })
    void refusesWhatTheTransportForbids(int status, String field, String value) throws Exception {
        String session = field.equals("Mcp-Session-Id") ? value : session();

        HttpResponse<String> refused = post(LIST, field, value, "Mcp-Session-Id", session);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(json(refused).path("error").path("code").asInt()).isNegative();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | -32700 | {",
                "400 | -32600 | []",
                "200 | -32601 | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}",
                "200 | -32602 | {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}}"
            })
    void refusesMessagesThatMakeNoSense(int status, int code, String message) throws Exception {
        HttpResponse<String> refused = post(message, "Mcp-Session-Id", session());

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(json(refused).path("error").path("code").asInt()).isEqualTo(code);
    }

    @Test
    void aSessionThatWasEndedIsNoMore() throws Exception {
        String session = session();

        assertThat(send(request("Mcp-Session-Id", session).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(post(LIST, "Mcp-Session-Id", session).statusCode()).isEqualTo(404);
        assertThat(post(LIST).statusCode()).isEqualTo(400);
        HttpResponse<String> get = send(request("Accept", "text/event-stream").GET());
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).hasValue("POST, DELETE");
    }

    private static String call(String tool, String arguments, String more) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + more + "}}";
    }

    private String session() throws IOException, InterruptedException {
        return post(INITIALIZE).headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    private HttpResponse<String> post(String body, String... fields) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("Accept", BOTH, "Content-Type", "application/json");
        for (int i = 0; i < fields.length; i += 2) {
            request.setHeader(fields[i], fields[i + 1]);
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String... fields) {
        return HttpRequest.newBuilder(URI.create(simulator.url() + "/mcp"))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Asking.SOON)
                .headers(fields);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }
}
