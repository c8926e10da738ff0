package dev.agw.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A client that sends just the bytes it is given, and reads answers by its own simple rules.
public final class RawClient implements AutoCloseable {
    static final int PATIENCE = 30_000;

    private final Socket socket;
    private final InputStream in;

    public RawClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    RawClient(Socket connected) throws IOException {
        socket = connected;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// An answer. Header names are in lower case; of repeated fields the last one stands.
    public record Answer(int status, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /// Sends characters as Latin-1 bytes; `\n` is sent as it is.
    public RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public RawClient send(byte[] bytes, int offset, int length) throws IOException {
        socket.getOutputStream().write(bytes, offset, length);
        return this;
    }

    /// A GET with a Host field.
    public Answer get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n").answer();
    }

    /// A POST of JSON.
    public Answer post(String path, String body) throws IOException {
        return send(postText(path, body)).answer();
    }

    public static String postText(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    /// Reads head and whole body of the next answer.
    public Answer answer() throws IOException {
        return answered(head());
    }

    /// Reads the head of the next answer alone.
    public Answer head() throws IOException {
        String statusLine = line();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Answer(Integer.parseInt(statusLine.substring(9, 12)), headers, "");
    }

    /// Reads the body behind a head that was read before.
    public Answer answered(Answer head) throws IOException {
        return new Answer(head.status, head.headers, body(head));
    }

    private String body(Answer head) throws IOException {
        if (head.status < 200 || head.status == 204 || head.status == 304) {
            return "";
        }
        if (head.header("transfer-encoding").equals("chunked")) {
            StringBuilder body = new StringBuilder();
            for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
                body.append(chunk);
            }
            return body.toString();
        }
        String length = head.header("content-length");
        byte[] bytes = length.isEmpty() ? in.readAllBytes() : exactly(Integer.parseInt(length));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// Reads the next chunk of a chunked body; empty at its end.
    public String chunk() throws IOException {
        int size = Integer.parseInt(line(), 16);
        String chunk = new String(exactly(size), StandardCharsets.UTF_8);
        line();
        return chunk;
    }

    /// Reads one line, without its end.
    public String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("connection ended after: " + line);
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    public byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("connection ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    /// Everything up to the end of the connection.
    public String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /// Everything up to the end of the connection, even if that is a reset.
    public String restOrReset() {
        StringBuilder rest = new StringBuilder();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                rest.append((char) b);
            }
        } catch (IOException expected) {
            // a reset is an end, too
        }
        return rest.toString();
    }

    /// Whether the other side has ended the connection; waits for it.
    public boolean ended() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /// Ends the sending half.
    public void finish() throws IOException {
        socket.shutdownOutput();
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
