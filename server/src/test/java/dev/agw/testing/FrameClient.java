package dev.agw.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// An HTTP/2 client that sends just the frames it is told to. Its fields are literals without compression.
public final class FrameClient implements AutoCloseable {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;
    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;

    private static final int PATIENCE = 30_000;

    private final Socket socket;
    private final DataInputStream in;

    /// A frame. Numbers of a payload are big-endian.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Frame(int type, int flags, int stream, byte[] payload) {
        public int number(int at) {
            return ByteBuffer.wrap(payload).getInt(at);
        }

        public boolean has(int flag) {
            return (flags & flag) != 0;
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    private FrameClient(Socket connected) throws IOException {
        socket = connected;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /// A connection whose preface and empty settings were sent.
    public static FrameClient connect(int port) throws IOException {
        return over(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /// The same, over a connection that is there and had other things to say before.
    public static FrameClient over(Socket connected) throws IOException {
        FrameClient client = new FrameClient(connected);
        client.socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return client.send(SETTINGS, 0, 0);
    }

    public FrameClient send(int type, int flags, int stream, byte... payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        socket.getOutputStream().write(frame.array());
        return this;
    }

    public FrameClient sendNumber(int type, int stream, int number) throws IOException {
        return send(type, 0, stream, ByteBuffer.allocate(4).putInt(number).array());
    }

    /// A GET without body.
    public FrameClient get(int stream, String path, String... more) throws IOException {
        return send(HEADERS, END_HEADERS | END_STREAM, stream, request("GET", path, more));
    }

    /// The head of a POST; its body is to follow.
    public FrameClient post(int stream, String path, String... more) throws IOException {
        return send(HEADERS, END_HEADERS, stream, request("POST", path, more));
    }

    /// A header block.
    public static byte[] request(String method, String path, String... more) {
        return head(method, path, "test", more);
    }

    /// A header block, without `:authority` if that is empty.
    public static byte[] head(String method, String path, String authority, String... more) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(fields(":method", method, ":scheme", "http", ":path", path));
        if (!authority.isEmpty()) {
            block.writeBytes(fields(":authority", authority));
        }
        block.writeBytes(fields(more));
        return block.toByteArray();
    }

    /// Alternating names and values as literals.
    public static byte[] fields(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0);
            string(block, namesAndValues[i]);
            string(block, namesAndValues[i + 1]);
        }
        return block.toByteArray();
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            for (; rest >= 128; rest >>>= 7) {
                block.write((rest & 127) | 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /// Whether [#next] has something to begin with.
    public boolean ready() throws IOException {
        return in.available() > 0;
    }

    /// The next frame, whatever it is.
    public Frame next() throws IOException {
        int head = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[head >>> 8];
        in.readFully(payload);
        return new Frame(head & 0xFF, flags, stream, payload);
    }

    /// The next frame of a type; others are skipped.
    public Frame next(int type) throws IOException {
        Frame frame = next();
        while (frame.type() != type || (type == SETTINGS && frame.has(1))) {
            frame = next();
        }
        return frame;
    }

    /// The text of one stream up to its end.
    public String body(int stream) throws IOException {
        StringBuilder text = new StringBuilder();
        Frame frame = next();
        while (frame.stream() != stream || frame.type() != DATA || !frame.has(END_STREAM)) {
            if (frame.stream() == stream && frame.type() == DATA) {
                text.append(frame.text());
            }
            frame = next();
        }
        return text.append(frame.text()).toString();
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
