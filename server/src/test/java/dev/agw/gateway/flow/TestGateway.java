package dev.agw.gateway.flow;

import dev.agw.gateway.ConfigSource;
import dev.agw.gateway.GatewayProcess;
import dev.agw.gateway.Listening;
import dev.agw.settings.AgwSettings;
import dev.agw.settings.SettingsReader;
import dev.agw.testing.Eventually;
import dev.agw.testing.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A gateway in this process, on ports that are free, with its access log in memory.
final class TestGateway implements AutoCloseable {
    private static final String ADDRESSES = """
            admin: {address: "127.0.0.1:0"}
            metrics: {address: "127.0.0.1:0"}
            readiness: {address: "127.0.0.1:0"}
            """;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final GatewayProcess process;

    private TestGateway(String settings, ConfigSource source) {
        process = GatewayProcess.start(
                settings(settings), source, new PrintStream(log, true, StandardCharsets.UTF_8), "test");
    }

    /// Serves the manifests behind a Gateway of one listener.
    static TestGateway serving(String... manifests) {
        return configured("", manifests);
    }

    /// @param settings what is different from the defaults
    static TestGateway configured(String settings, String... manifests) {
        return new TestGateway(settings, ConfigSource.text("test.yaml", Manifest.GATEWAY + String.join("", manifests)));
    }

    /// Serves on a port of one's choice; 0 is one that is free.
    static TestGateway at(int port, String settings, String... manifests) {
        String gateway = Manifest.gateway("{name: http, port: " + port + ", protocol: HTTP}");
        return new TestGateway(settings, ConfigSource.text("test.yaml", gateway + String.join("", manifests)));
    }

    /// Serves manifests that hold a Gateway, too.
    static TestGateway bare(String settings, String... manifests) {
        return new TestGateway(settings, ConfigSource.text("test.yaml", String.join("", manifests)));
    }

    /// Serves the files of a folder, which hold a Gateway, too.
    static TestGateway watching(Path folder) {
        return watching("", folder);
    }

    static TestGateway watching(String settings, Path folder) {
        return new TestGateway(settings, ConfigSource.path(folder));
    }

    /// Settings for ports that are free.
    static AgwSettings settings(String more) {
        return new SettingsReader(Map.of(), Map.of())
                .parse("agw.yaml", ADDRESSES + more)
                .settings()
                .orElseThrow();
    }

    GatewayProcess process() {
        return process;
    }

    /// The port of the only listener.
    int port() {
        return ports("http").getFirst();
    }

    List<Integer> ports(String what) {
        return process.listening().stream()
                .filter(listening -> listening.what().equals(what))
                .map(Listening::port)
                .toList();
    }

    RawClient client() throws IOException {
        return new RawClient(port());
    }

    /// Sends one request on a connection of its own.
    RawClient.Answer ask(String request) throws IOException {
        try (RawClient client = client()) {
            return client.send(request).answer();
        }
    }

    Samples metrics() throws IOException {
        return Samples.of(page("metrics", "/metrics").body());
    }

    /// Waits until the sum of a metric is `wanted`: answers leave before they are counted.
    void awaitMetric(double wanted, String name, String... labels) throws Exception {
        Eventually.until(
                name + " " + List.of(labels) + " is " + wanted, () -> metrics().sum(name, labels) == wanted);
    }

    /// Waits until one request or connection waits for a connection to a backend.
    void awaitOneWaiting() throws Exception {
        Eventually.until(
                "one waits",
                () -> page("admin", "/pools").body().replace(" ", "").contains("\"pending\":1"));
    }

    /// A page for operators.
    RawClient.Answer page(String what, String path) throws IOException {
        try (RawClient client = new RawClient(ports(what).getFirst())) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .answer();
        }
    }

    List<String> log() {
        return log.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /// Waits for the line of the access log that holds `text`.
    String awaitLogLine(String text) throws Exception {
        Eventually.until("a line with " + text, () -> log().stream().anyMatch(line -> line.contains(text)));
        return log().stream().filter(line -> line.contains(text)).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        process.close();
    }
}
