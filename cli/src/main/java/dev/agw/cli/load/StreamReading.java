package dev.agw.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agw.http.SseEvent;
import dev.agw.http.SseListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Follows a stream of chunks, token by token. Confined to one thread.
final class StreamReading implements SseListener {
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Tally tally;
    private final long intended;
    private long last;
    private int tokens;
    private int counted = -1;
    private boolean done;
    private boolean failed;

    /// @param intended when the request was to start, as `System.nanoTime()` has it
    StreamReading(Tally tally, long intended) {
        this.tally = tally;
        this.intended = intended;
    }

    @Override
    public void event(SseEvent event) {
        if (event.dataIs(DONE)) {
            done = true;
        } else if (event.hasData()) {
            chunk(event);
        }
    }

    private void chunk(SseEvent event) {
        try {
            chunk(JSON.readTree(event.data(), event.dataStart(), event.dataEnd() - event.dataStart()));
        } catch (IOException unreadable) {
            failed = true;
        }
    }

    private void chunk(JsonNode chunk) {
        failed |= chunk.has("error");
        counted = chunk.path("usage").path("completion_tokens").asInt(counted);
        if (says(chunk.path("choices").path(0).path("delta"))) {
            token();
        }
    }

    /// The first chunk of many servers holds the role and no text.
    private static boolean says(JsonNode delta) {
        return !delta.path("content").asText("").isEmpty()
                || !delta.path("reasoning_content").asText("").isEmpty()
                || delta.path("tool_calls").size() > 0;
    }

    private void token() {
        long now = System.nanoTime();
        if (tokens++ == 0) {
            tally.firstToken(now - intended);
        } else {
            tally.gap(now - last);
        }
        last = now;
    }

    /// What is wrong with the stream that has ended; empty if it is complete.
    String problem() {
        if (failed) {
            return "error within the stream";
        }
        return done ? "" : "stream without its end";
    }

    /// Tokens as the answer counts them, else the chunks that hold some.
    int tokens() {
        return counted >= 0 ? counted : tokens;
    }
}
