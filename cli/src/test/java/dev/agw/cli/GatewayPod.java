package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A gateway as a process of its own, as a container of a pod would run it, of a version of its own.
final class GatewayPod implements AutoCloseable {
    private static final int DEADLINE_SECONDS = 100;
    private static final Map<String, String> SETTINGS = Map.of(
            "AGW_ADMIN_ADDRESS", "127.0.0.1:0",
            "AGW_METRICS_ADDRESS", "127.0.0.1:0",
            "AGW_READINESS_ADDRESS", "127.0.0.1:0",
            "AGW_SHUTDOWN_MIN", "1s",
            "AGW_SHUTDOWN_MAX", "20s");

    private final String name;
    private final Process process;
    private final Path log;

    private GatewayPod(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /// Starts it, without waiting until it serves.
    ///
    /// @param version what it says of itself: a file as a build writes it, before that of the build
    /// @param provider port of the provider that it hands requests to
    static GatewayPod start(Path folder, String name, String version, int provider) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(version + "/dev/agw/cli"));
        Files.writeString(classes.resolve("build.properties"), "version=" + version + "\n");
        Path manifests = Files.writeString(folder.resolve(name + ".yaml"), BuiltInManifests.demo(0, provider));
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        folder.resolve(version) + ":" + System.getProperty("java.class.path"),
                        "dev.agw.cli.Main",
                        "serve",
                        "--config",
                        manifests.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(SETTINGS);
        return new GatewayPod(name, builder.start(), log);
    }

    String name() {
        return name;
    }

    /// The port that it says it serves `what` at; waits until it says so.
    int port(String what) throws IOException, InterruptedException {
        Until.holds(name + " serves " + what, DEADLINE_SECONDS, () -> said().contains("\n  admin "));
        return Running.port(said(), what);
    }

    private String said() throws IOException {
        return Files.readString(log);
    }

    boolean ready() throws IOException, InterruptedException {
        HttpURLConnection look =
                (HttpURLConnection) URI.create("http://127.0.0.1:" + port("readiness") + "/healthz/ready")
                        .toURL()
                        .openConnection();
        try {
            return look.getResponseCode() == 200;
        } finally {
            look.disconnect();
        }
    }

    /// A chat on a connection of its own: the head of the answer and its body.
    static String chat(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(DEADLINE_SECONDS * 1000);
            String body =
                    "{\"model\":\"demo-model\",\"max_tokens\":2,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n"
                            + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    /// Tells it to end, as a cluster does.
    void terminate() {
        process.destroy();
    }

    /// Waits until it has drained and ended.
    void ended() throws InterruptedException {
        assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
                .as(name + " ends")
                .isTrue();
        assertThat(process.exitValue()).as(name + " ends in order").isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
