package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A gateway whose heap fills up refuses new work before it runs out of memory, and recovers.
@Timeout(120)
class ShortMemoryFlowTest {
    private static final int MOST_STREAMS = 3000;
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n";
    /// The gateway keeps the fields of a request while it serves it.
    private static final String HEAVY = "X-Heavy: " + "x".repeat(30_000);

    @TempDir
    Path folder;

    private final List<RawClient> clients = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // by start
    private OddServer server;

    @SuppressWarnings("NullAway.Init") // by start
    private Process gateway;

    private int port;

    private void start(String collector) throws IOException {
        server = new OddServer().on("/stream", visit -> {
            visit.send(HEAD);
            visit.awaitEnd();
        });
        Path manifests = Files.writeString(
                folder.resolve("all.yaml"),
                Manifest.GATEWAY
                        + Manifest.hosts("plain", server.port())
                        + Manifest.route("r", Manifest.rule("/", "plain")));
        gateway = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        collector,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServeMain.class.getName(),
                        manifests.toString(),
                        "limits: {headerBytes: 64KiB}")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = gateway.inputReader(StandardCharsets.US_ASCII);
        port = Integer.parseInt(out.readLine());
    }

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        gateway.destroy();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseZGC"})
    void refusesStreamsBeforeTheHeapFailsAndTakesThemAgain(String collector) throws Exception {
        start(collector);
        RawClient.Answer refusal = openUntilRefused();

        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.header("retry-after")).isEqualTo("2");
        assertThat(refusal.body()).contains("short of memory");
        assertThat(gateway.isAlive()).isTrue();
        assertThat(clients.size()).isBetween(fewest(collector), MOST_STREAMS - 1);

        for (RawClient client : clients) {
            client.close();
        }
        Eventually.until("work is taken again", Duration.ofSeconds(30), this::serves);
    }

    /// ZGC collects beside the work: where it gets no core, garbage fills so small a heap, and work waits for it.
    private static int fewest(String collector) {
        return collector.endsWith("ZGC") ? 20 : 100;
    }

    private RawClient.Answer openUntilRefused() throws IOException {
        while (clients.size() < MOST_STREAMS) {
            RawClient client = new RawClient(port);
            clients.add(client);
            RawClient.Answer head = client.send(Ask.get("/stream", HEAVY)).head();
            if (head.status() != 200) {
                return client.answered(head);
            }
        }
        throw new AssertionError("nothing was refused");
    }

    private boolean serves() throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.get("/next").status() == 200;
        } catch (IOException refused) {
            return false;
        }
    }
}
