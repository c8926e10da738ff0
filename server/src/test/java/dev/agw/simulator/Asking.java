package dev.agw.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// How the tests talk to a simulator: as an ordinary client, or byte by byte.
final class Asking {
    static final Duration SOON = Duration.ofSeconds(20);
    static final String CHAT = "/v1/chat/completions";
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(SOON)
            .build();

    private Asking() {}

    /// @param more fields of the body, each preceded by a comma
    static String chat(String more) {
        return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]" + more + "}";
    }

    static HttpResponse<String> post(Simulator simulator, String path, String body, String... fields) {
        return send(request(simulator, path, fields)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    static HttpResponse<String> get(Simulator simulator, String path, String... fields) {
        return send(request(simulator, path, fields).GET().build());
    }

    private static HttpRequest.Builder request(Simulator simulator, String path, String... fields) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(simulator.url() + path)).timeout(SOON);
        return fields.length == 0 ? request : request.headers(fields);
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /// A request as bytes on the wire.
    static String wire(String body, Map<String, String> fields) {
        StringBuilder wire = new StringBuilder("POST " + CHAT + " HTTP/1.1\r\nHost: sim\r\n");
        fields.forEach(
                (name, value) -> wire.append(name).append(": ").append(value).append("\r\n"));
        return wire + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /// Opens a socket and sends `wire`.
    static Socket open(Simulator simulator, String wire) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port());
        socket.setSoTimeout((int) SOON.toMillis());
        socket.getOutputStream().write(wire.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /// Reads until `part` has come, or the end; all that came.
    static String readTo(Socket socket, String part) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int b = socket.getInputStream().read();
                b >= 0;
                b = socket.getInputStream().read()) {
            text.append((char) b);
            if (b == part.charAt(part.length() - 1) && text.toString().endsWith(part)) {
                return text.toString();
            }
        }
        return text.toString();
    }

    /// Whether nothing comes for a moment though the connection is open.
    static boolean silent(Socket socket) throws IOException {
        socket.setSoTimeout(50);
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException expected) {
            return true;
        }
    }
}
