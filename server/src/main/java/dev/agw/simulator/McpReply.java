package dev.agw.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agw.http.HeadWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Sends the answer to a request of MCP: as JSON, or as the last event of a stream.
final class McpReply {
    private final Turn turn;
    private final Script script;
    private final boolean events;
    private boolean begun;

    McpReply(Turn turn, Script script, boolean events) {
        this.turn = turn;
        this.script = script;
        this.events = events && script.fault() == Fault.NONE;
    }

    /// A message before the answer; only a stream has room for it.
    void add(ObjectNode message) throws IOException {
        if (events) {
            begin();
            event(message);
            turn.client().flush();
        }
    }

    /// The answer.
    void end(ObjectNode answer) throws IOException {
        if (!events) {
            turn.body(script, 200, answer.toString());
            return;
        }
        begin();
        event(answer);
        if (chunked()) {
            HeadWriter.lastChunk(turn.client().out());
        }
        turn.client().flush();
        if (!turn.keep() || !chunked()) {
            turn.client().end();
        }
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            turn.client().pause(script.headDelay());
            turn.replies().events(script, turn.requestId(), turn.keep(), chunked());
        }
    }

    /// HTTP/1.0 knows no chunks: there the end of the connection ends the stream.
    private boolean chunked() {
        return turn.head().minor() == 1;
    }

    private void event(ObjectNode message) {
        byte[] event = ("event: message\ndata: " + message + "\n\n").getBytes(StandardCharsets.UTF_8);
        if (chunked()) {
            HeadWriter.chunk(turn.client().out(), event, 0, event.length);
        } else {
            turn.client().out().bytes(event);
        }
    }
}
