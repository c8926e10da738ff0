package dev.agw.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

/// A backend that answers with the bytes it is told to, right or wrong. Paths without a script get their own name back.
public final class OddServer implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final ServerSocket listener;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    /// What happens when a request's head has come.
    public interface Script {
        void play(Visit visit) throws IOException;
    }

    /// One request.
    public record Visit(Socket socket, InputStream in, OutputStream out, String head, int connection, int number) {
        public void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /// Waits until the client has ended the connection.
        public void awaitEnd() throws IOException {
            while (in.read() >= 0) {}
        }

        public void hangUp() throws IOException {
            socket.close();
        }

        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        public byte[] body() throws IOException {
            Matcher length = LENGTH.matcher(head);
            return length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
        }
    }

    public OddServer() throws IOException {
        this(ServerSocketFactory.getDefault());
    }

    public OddServer(ServerSocketFactory sockets) throws IOException {
        listener = sockets.createServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// Connections accepted so far.
    public int connections() {
        return connections.get();
    }

    /// Heads of the requests that came, in order.
    public List<String> heads() {
        return heads;
    }

    public OddServer on(String path, Script script) {
        scripts.put(path, script);
        return this;
    }

    /// Sends `text` and reads on.
    public OddServer on(String path, String text) {
        return on(path, visit -> visit.send(text));
    }

    /// Sends `text` and hangs up.
    public OddServer once(String path, String text) {
        return on(path, visit -> {
            visit.send(text);
            visit.hangUp();
        });
    }

    public static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, number));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            OutputStream out = socket.getOutputStream();
            int number = 0;
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                heads.add(head);
                String path = head.split(" ", 3)[1];
                Visit visit = new Visit(socket, in, out, head, connection, ++number);
                scripts.getOrDefault(path, OddServer::echoPath).play(visit);
            }
        } catch (IOException expected) {
            // so the client went, or the script closed the socket
        }
    }

    private static void echoPath(Visit visit) throws IOException {
        visit.body();
        visit.send(ok(visit.head().split(" ", 3)[1]));
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            if (b == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    /// Ends all connections, without asking.
    public void dropConnections() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        dropConnections();
    }
}
