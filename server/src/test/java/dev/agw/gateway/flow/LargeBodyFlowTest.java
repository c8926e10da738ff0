package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A body larger than the heap costs the gateway a buffer, not its life.
class LargeBodyFlowTest {
    private static final int BODY = 400 << 20;
    private static final String CHUNK = Integer.toHexString(BODY) + "\r\n";

    @TempDir
    Path folder;

    private OddServer server;
    private Process gateway;
    private int port;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer().on("/big", LargeBodyFlowTest::count);
        Path manifests = Files.writeString(
                folder.resolve("all.yaml"),
                Manifest.GATEWAY
                        + Manifest.hosts("plain", server.port())
                        + Manifest.models("models", server.port())
                        + Manifest.route("r", Manifest.rule("/", "plain"), Manifest.rule("/v1", "models")));
        gateway = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServeMain.class.getName(),
                        manifests.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = gateway.inputReader(StandardCharsets.US_ASCII);
        port = Integer.parseInt(out.readLine());
    }

    @AfterEach
    void stop() throws IOException {
        gateway.destroy();
        server.close();
    }

    /// Answers with the number of bytes in the chunks of a body.
    private static void count(OddServer.Visit visit) throws IOException {
        long bytes = 0;
        for (int size = size(visit); size > 0; size = size(visit)) {
            visit.in().skipNBytes(size + 2);
            bytes += size;
        }
        visit.in().skipNBytes(2);
        visit.send(OddServer.ok(bytes + " bytes"));
    }

    private static int size(OddServer.Visit visit) throws IOException {
        int size = 0;
        for (int b = visit.in().read(); b != '\n'; b = visit.in().read()) {
            size = b == '\r' ? size : size * 16 + Character.digit(b, 16);
        }
        return size;
    }

    @Test
    void passesThroughInOneChunk() throws Exception {
        try (RawClient client = new RawClient(port)) {
            client.send(Ask.head("POST", "/big", "Transfer-Encoding: chunked") + "\r\n" + CHUNK);
            upload(client);

            RawClient.Answer answer = client.send("\r\n0\r\n\r\n").answer();

            assertThat(answer.body()).isEqualTo(BODY + " bytes");
            assertThat(client.get("/next").body()).isEqualTo("/next");
        }
        assertThat(gateway.isAlive()).isTrue();
    }

    @Test
    void isRefusedWhereItWouldHaveToBeReadWhole() throws Exception {
        try (RawClient client = new RawClient(port)) {
            client.send(Ask.head("POST", Ask.CHAT, "Transfer-Encoding: chunked") + "\r\n" + CHUNK);
            Thread upload = Thread.startVirtualThread(() -> {
                try {
                    upload(client);
                } catch (IOException expected) {
                    // refused before its end
                }
            });

            assertThat(client.answer().status()).isEqualTo(413);
            client.close();
            upload.join();
        }
        try (RawClient client = new RawClient(port)) {
            assertThat(client.get("/next").body()).isEqualTo("/next");
        }
    }

    private static void upload(RawClient client) throws IOException {
        byte[] piece = new byte[1 << 20];
        for (int sent = 0; sent < BODY; sent += piece.length) {
            client.send(piece, 0, piece.length);
        }
    }
}
