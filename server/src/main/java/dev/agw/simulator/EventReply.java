package dev.agw.simulator;

import dev.agw.http.HeadWriter;
import dev.agw.http.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Sends an answer as a stream of events, or breaks it as its script says.
///
/// With a gap between tokens each event leaves in a write of its own; without one, events leave together.
final class EventReply {
    private static final long LEAST_GAP_NANOS = 1_000_000;
    private static final int ENOUGH = 4096;

    private final Client client;
    private final Output out;
    private final Script script;
    private final boolean chunked;
    private final boolean keep;
    private final @Nullable Squeeze squeeze;

    /// @param chunked false for HTTP/1.0, where the end of the connection ends the stream
    /// @param keep whether the connection may stay open behind it
    EventReply(Client client, Script script, boolean chunked, boolean keep) throws IOException {
        this.client = client;
        this.out = client.out();
        this.script = script;
        this.chunked = chunked;
        this.keep = keep && chunked;
        this.squeeze = script.gzip() ? new Squeeze() : null;
    }

    void send(ReplyHead head, Answer answer, Speech speech, String requestId) throws IOException {
        client.pause(script.headDelay());
        if (script.fault() == Fault.RESET_EARLY) {
            client.reset();
            return;
        }
        if (script.fault() == Fault.HANG) {
            client.hold();
            return;
        }
        head.events(script, requestId, keep, chunked);
        if (script.fault() == Fault.SLOW_HEAD) {
            client.dribble(Math.max(script.tokenGap(), LEAST_GAP_NANOS));
        }
        client.pause(script.firstToken());
        if (tokens(answer, speech)) {
            end(answer);
        }
    }

    /// False if a fault ended the stream.
    private boolean tokens(Answer answer, Speech speech) throws IOException {
        event(answer.opening());
        int faultAt = script.faultAt(speech.tokens());
        for (int i = 0; i < speech.tokens(); i++) {
            if (i == faultAt && strike(answer, i)) {
                return false;
            }
            if (i > 0) {
                client.pause(script.tokenGap());
            }
            event(answer.token(i, speech.token(i)));
        }
        return true;
    }

    private void end(Answer answer) throws IOException {
        event(answer.closing());
        if (script.fault() != Fault.NO_DONE) {
            event(answer.done());
        }
        finish();
    }

    private void finish() throws IOException {
        if (squeeze != null) {
            chunk(squeeze.end());
        }
        if (chunked) {
            HeadWriter.lastChunk(out);
        }
        client.flush();
        if (!keep) {
            client.end();
        }
    }

    /// Does what the fault asks for in the middle; true if that was the end.
    private boolean strike(Answer answer, int sent) throws IOException {
        switch (script.fault()) {
            case RESET -> {
                client.flush();
                client.reset();
            }
            case STALL -> client.hold();
            case TRUNCATE -> truncate();
            case ERROR_EVENT -> {
                event(answer.error(sent));
                finish();
            }
            case BAD_JSON -> {
                event("data: {\"choices\":[{\"delta\":{\"content\":\n\n");
                return false;
            }
            case NONE, RESET_EARLY, HANG, SLOW_HEAD, NO_DONE -> {
                return false;
            }
        }
        return true;
    }

    /// A chunk that announces 256 bytes, holds a few, and then the connection is closed.
    private void truncate() throws IOException {
        out.ascii(chunked ? "100\r\ndata: {\"id\":\"cha" : "data: {\"id\":\"cha");
        client.flush();
        client.end();
    }

    private void event(String text) throws IOException {
        if (text.isEmpty()) {
            return;
        }
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        chunk(squeeze == null ? plain : squeeze.add(plain));
        if (out.pending() >= ENOUGH) {
            client.flush();
        }
    }

    private void chunk(byte[] bytes) {
        if (chunked) {
            HeadWriter.chunk(out, bytes, 0, bytes.length);
        } else {
            out.bytes(bytes);
        }
    }

    /// Gzip that lets every event out at once.
    private static final class Squeeze {
        private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        private final GZIPOutputStream gzip;

        Squeeze() throws IOException {
            gzip = new GZIPOutputStream(packed, true);
        }

        byte[] add(byte[] plain) throws IOException {
            gzip.write(plain);
            gzip.flush();
            return taken();
        }

        byte[] end() throws IOException {
            gzip.close();
            return taken();
        }

        private byte[] taken() {
            byte[] bytes = packed.toByteArray();
            packed.reset();
            return bytes;
        }
    }
}
