package dev.agw.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agw.http.SseEvent;
import dev.agw.http.SseListener;
import java.io.IOException;
import java.util.Optional;

/// Finds the answer to one request among the messages of a stream. Confined to one thread.
final class McpStream implements SseListener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int id;
    private Optional<JsonNode> answer = Optional.empty();

    McpStream(int id) {
        this.id = id;
    }

    @Override
    public void event(SseEvent event) {
        if (event.hasData()) {
            try {
                message(JSON.readTree(event.data(), event.dataStart(), event.dataEnd() - event.dataStart()));
            } catch (IOException unreadable) {
                // a stream without the answer is told as such
            }
        }
    }

    private void message(JsonNode message) {
        if (!message.has("method") && message.path("id").asInt(-1) == id) {
            answer = Optional.of(message);
        }
    }

    /// Empty if the stream did not hold it.
    Optional<JsonNode> answer() {
        return answer;
    }
}
