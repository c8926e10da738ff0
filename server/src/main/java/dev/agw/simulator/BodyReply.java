package dev.agw.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/// Sends an answer that is one JSON body, or breaks it as its script says.
final class BodyReply {
    private static final long LEAST_GAP_NANOS = 1_000_000;

    private final Client client;
    private final ReplyHead head;
    private final Script script;

    BodyReply(Client client, ReplyHead head, Script script) {
        this.client = client;
        this.head = head;
        this.script = script;
    }

    /// @param keep whether the connection stays open behind it
    void send(int status, String json, String requestId, boolean keep) throws IOException {
        client.pause(script.headDelay());
        if (script.fault() == Fault.RESET_EARLY) {
            client.reset();
        } else if (script.fault() == Fault.HANG) {
            client.hold();
        } else {
            byte[] body = encoded(json);
            head.json(status, script, requestId, keep, body.length);
            body(body, keep);
        }
    }

    private byte[] encoded(String json) throws IOException {
        String text = script.fault() == Fault.BAD_JSON ? json.substring(0, json.length() / 2) : json;
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        if (!script.gzip()) {
            return plain;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    private void body(byte[] body, boolean keep) throws IOException {
        switch (script.fault()) {
            case RESET -> {
                half(body);
                client.reset();
            }
            case TRUNCATE -> {
                half(body);
                client.end();
            }
            case STALL -> {
                half(body);
                client.hold();
            }
            case SLOW_HEAD -> {
                client.dribble(Math.max(script.tokenGap(), LEAST_GAP_NANOS));
                whole(body, keep);
            }
            case NONE, NO_DONE, ERROR_EVENT, BAD_JSON, HANG, RESET_EARLY -> whole(body, keep);
        }
    }

    private void half(byte[] body) throws IOException {
        client.out().bytes(body, 0, body.length / 2);
        client.flush();
    }

    private void whole(byte[] body, boolean keep) throws IOException {
        client.out().bytes(body);
        client.flush();
        if (!keep) {
            client.end();
        }
    }
}
