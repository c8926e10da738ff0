package dev.agw.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// As much of a cluster's API as is read: lists with selectors and pages, single objects, discovery, and the way
/// to pods. Who has not the token gets 401; what is denied 403; what there is none of 404.
public final class FakeKubeApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "a-token-of-the-test";
    private static final int PAGE = 2;

    private final HttpServer server;
    private final Optional<FakeTls> tls;
    private final FakeObjects objects = new FakeObjects();
    private final FakePods pods = new FakePods();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger busy = new AtomicInteger();

    private FakeKubeApi(HttpServer server, Optional<FakeTls> tls) {
        this.server = server;
        this.tls = tls;
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        document("/version", "{\"major\": \"1\", \"minor\": \"31\", \"gitVersion\": \"v1.31.4\"}");
        document("/apis", """
            {"kind": "APIGroupList", "groups": [
             {"name": "apps", "versions": [{"groupVersion": "apps/v1"}]},
             {"name": "policy", "versions": [{"groupVersion": "policy/v1"}]},
             {"name": "autoscaling", "versions": [{"groupVersion": "autoscaling/v2"}]},
             {"name": "monitoring.coreos.com", "versions": [{"groupVersion": "monitoring.coreos.com/v1"}]}]}\
            """);
        server.start();
    }

    /// In plain text.
    public static FakeKubeApi start() throws IOException {
        return new FakeKubeApi(HttpServer.create(loopback(), 0), Optional.empty());
    }

    /// Over TLS, with a certificate of its own that only its kubeconfig knows.
    public static FakeKubeApi startTls(Path folder) throws IOException {
        FakeTls tls = FakeTls.in(folder);
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        return new FakeKubeApi(server, Optional.of(tls));
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /// A kubeconfig that leads here.
    public Path kubeconfig(Path folder) throws IOException {
        return kubeconfig(folder, TOKEN);
    }

    /// A kubeconfig that leads here with another token.
    public Path kubeconfig(Path folder, String token) throws IOException {
        String authority = tls.map(FakeTls::certificate)
                .map(pem -> ", certificate-authority-data: " + pem)
                .orElse("");
        String address = (tls.isPresent() ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort();
        return Files.writeString(folder.resolve("kubeconfig"), """
            apiVersion: v1
            kind: Config
            current-context: here
            contexts: [{name: here, context: {cluster: fake, user: tester, namespace: ai}}]
            clusters: [{name: fake, cluster: {server: "%s"%s}}]
            users: [{name: tester, user: {token: %s}}]
            """.formatted(address, authority, token));
    }

    /// Puts an object into the collection at this path, in place of one of its name.
    public void put(String collection, String json) {
        objects.put(collection, tree(json));
    }

    /// Takes an object away.
    public void remove(String collection, String name) {
        objects.remove(collection, name);
    }

    /// A path that answers with this.
    public void document(String path, String json) {
        documents.put(path, json);
    }

    /// From now on paths with this in them are not allowed.
    public void deny(String part) {
        denied.add(part);
    }

    /// The next requests are told to come back later.
    public void busy(int requests) {
        busy.set(requests);
    }

    /// Requests for metrics of this pod go on to this port of this machine.
    public void pod(String name, int port) {
        pods.put(name, port);
    }

    /// Path and query of every request so far, and whom it was made as.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestURI()
                + Optional.ofNullable(exchange.getRequestHeaders().getFirst("Impersonate-User"))
                        .map(user -> " as " + user)
                        .orElse(""));
        if (busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            exchange.getResponseHeaders().set("Retry-After", "0");
            answer(exchange, 429, "{\"kind\": \"Status\", \"code\": 429}");
        } else if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"kind\": \"Status\", \"code\": 401}");
        } else if (denied.stream().anyMatch(path::contains)) {
            answer(exchange, 403, "{\"kind\": \"Status\", \"code\": 403}");
        } else {
            found(exchange, path);
        }
    }

    private void found(HttpExchange exchange, String path) throws IOException {
        Optional<String> answer = Optional.ofNullable(documents.get(path))
                .or(() -> objects.list(
                        path,
                        Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                                .orElse(""),
                        PAGE));
        if (answer.isPresent()) {
            answer(exchange, 200, answer.get());
        } else if (FakePods.asks(path)) {
            Optional<String> page = pods.page(path);
            answer(exchange, page.isPresent() ? 200 : 503, page.orElse("error trying to reach service"));
        } else {
            answer(exchange, 404, "{\"kind\": \"Status\", \"code\": 404}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", text.startsWith("{") ? "application/json" : "text/plain");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        pods.close();
    }
}
