package dev.agw.gateway.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agw.http2.HpackDecoder;
import dev.agw.testing.FrameClient;
import dev.agw.testing.FrameClient.Frame;
import java.io.IOException;
import java.net.SocketException;
import java.util.HashMap;
import java.util.Map;

/// A connection that ends when a GOAWAY says so: what was begun with is read to its end, anything else may go elsewhere
/// (RFC 9113 §6.8).
final class Http2Line implements Line {
    private final FrameClient client;
    private final HpackDecoder fields = new HpackDecoder(4096);
    private final Map<Integer, Answer> open = new HashMap<>();
    private int next = 1;
    private int last = Integer.MAX_VALUE;
    private boolean stays = true;

    /// What has come on one stream.
    static final class Answer {
        private final StringBuilder body = new StringBuilder();
        private int status;
        private boolean unserved;
        private boolean over;

        /// 0 if it was not begun with.
        int status() {
            return unserved ? 0 : status;
        }

        String body() {
            return body.toString();
        }

        private void leave() {
            unserved = true;
            over = true;
        }
    }

    Http2Line(int port) throws IOException {
        client = FrameClient.connect(port);
    }

    @Override
    public boolean stays() throws IOException {
        while (stays && client.ready()) {
            take(client.next());
        }
        return stays;
    }

    @Override
    public int ask() throws IOException {
        Answer answer = begin(Ask.chatBody());
        await(answer);
        return answer.status();
    }

    /// Asks for a chat completion, and reads nothing yet.
    ///
    /// @param more further fields, names and values in turns
    Answer begin(String body, String... more) throws IOException {
        Answer answer = new Answer();
        int stream = next;
        next += 2;
        if (stream > last) {
            answer.leave();
            return answer;
        }
        open.put(stream, answer);
        try {
            client.post(stream, Ask.CHAT, more);
            client.send(FrameClient.DATA, FrameClient.END_STREAM, stream, body.getBytes(UTF_8));
        } catch (SocketException broken) {
            readWhy(answer, broken);
        }
        return answer;
    }

    /// Who asks late finds the connection closed; what lies there to be read must say that nothing was begun.
    private void readWhy(Answer answer, SocketException broken) throws IOException {
        try {
            await(answer);
        } catch (IOException nothing) {
            broken.addSuppressed(nothing);
            throw broken;
        }
    }

    void awaitHead(Answer answer) throws IOException {
        while (answer.status == 0 && !answer.over) {
            take(client.next());
        }
    }

    void await(Answer answer) throws IOException {
        while (!answer.over) {
            take(client.next());
        }
    }

    private void take(Frame frame) throws IOException {
        Answer answer = open.getOrDefault(frame.stream(), new Answer());
        switch (frame.type()) {
            case FrameClient.HEADERS -> head(frame, answer);
            case FrameClient.DATA -> data(frame, answer);
            case FrameClient.RST_STREAM -> throw new IOException("stream " + frame.stream() + " was reset");
            case FrameClient.GOAWAY -> leave(frame.number(0));
            default -> {}
        }
    }

    private void head(Frame frame, Answer answer) throws IOException {
        byte[] block = frame.payload();
        fields.decode(block, 0, block.length, field -> {
            if (field.name().equals(":status")) {
                answer.status = Integer.parseInt(field.value());
            }
        });
        endOf(frame, answer);
    }

    private void data(Frame frame, Answer answer) throws IOException {
        answer.body.append(frame.text());
        if (frame.payload().length > 0) {
            client.sendNumber(FrameClient.WINDOW_UPDATE, 0, frame.payload().length);
        }
        endOf(frame, answer);
    }

    private void endOf(Frame frame, Answer answer) {
        if (frame.has(FrameClient.END_STREAM)) {
            answer.over = true;
            open.remove(frame.stream());
        }
    }

    private void leave(int lastBegun) {
        stays = false;
        last = lastBegun;
        open.forEach((stream, answer) -> {
            if (stream > last) {
                answer.leave();
            }
        });
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
