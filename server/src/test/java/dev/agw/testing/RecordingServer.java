package dev.agw.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A backend that keeps the requests it gets, read by its own simple rules, and answers each with `ok`. What is no
/// unambiguous request is kept apart.
public final class RecordingServer implements AutoCloseable {
    private static final int PIECE = 1 << 20;

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final List<String> oddities = new CopyOnWriteArrayList<>();

    /// A whole request.
    ///
    /// @param line the request line
    /// @param fields the field lines, names in lower case
    public record Message(String line, List<String> fields, String body) {
        /// The values under a name, in order.
        public List<String> values(String name) {
            return fields.stream()
                    .filter(field -> field.startsWith(name + ": "))
                    .map(field -> field.substring(name.length() + 2))
                    .toList();
        }

        /// All names, in order.
        public List<String> names() {
            return fields.stream()
                    .map(field -> field.substring(0, field.indexOf(':')))
                    .toList();
        }
    }

    public RecordingServer() throws IOException {
        listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// The whole requests that came, in order.
    public List<Message> messages() {
        return messages;
    }

    public Message last() {
        return messages.getLast();
    }

    /// What came and could be read in more ways than one.
    public List<String> oddities() {
        return oddities;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                messages.add(message(line, in));
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException expected) {
            // a request that was cut short is none
        }
    }

    private Message message(String line, InputStream in) throws IOException {
        List<String> fields = new CopyOnWriteArrayList<>();
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
            int colon = field.indexOf(':');
            if (colon <= 0 || !field.substring(0, colon).matches("[!#-'*+.^`|~A-Za-z0-9_-]+")) {
                oddities.add(field);
                throw new IOException("no field: " + field);
            }
            fields.add(field.substring(0, colon).toLowerCase(Locale.ROOT) + ": "
                    + field.substring(colon + 1).strip());
        }
        Message head = new Message(line, fields, "");
        return new Message(line, fields, body(head, in));
    }

    private String body(Message head, InputStream in) throws IOException {
        List<String> lengths = head.values("content-length");
        List<String> codings = head.values("transfer-encoding");
        boolean sound = lengths.size() + codings.size() <= 1
                && lengths.stream().allMatch(length -> length.matches("0|[1-9][0-9]{0,8}"))
                && codings.stream().allMatch("chunked"::equals);
        if (!sound || head.values("host").size() != 1 || !head.line().matches("[A-Z-]+ [/*][!-~]* HTTP/1\\.1")) {
            oddities.add(head.toString());
            throw new IOException("ambiguous: " + head);
        }
        if (codings.isEmpty()) {
            return lengths.isEmpty() ? "" : exactly(in, Integer.parseInt(lengths.getFirst()));
        }
        StringBuilder body = new StringBuilder();
        for (int size = size(in); size > 0; size = size(in)) {
            body.append(exactly(in, size));
            end(in);
        }
        end(in);
        return body.toString();
    }

    private int size(InputStream in) throws IOException {
        String line = line(in);
        if (!line.matches("[0-9a-f]{1,6}")) {
            oddities.add("chunk size " + line);
            throw new IOException("no chunk size: " + line);
        }
        return Integer.parseInt(line, 16);
    }

    private void end(InputStream in) throws IOException {
        String line = line(in);
        if (!line.isEmpty()) {
            oddities.add("behind a chunk: " + line);
        }
    }

    private static String exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(Math.min(length, PIECE));
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\r") || text.indexOf('\r') < text.length() - 1 || text.indexOf('\0') >= 0) {
            oddities.add("line " + text);
            throw new IOException("no line: " + text);
        }
        return text.substring(0, text.length() - 1);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
