package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import dev.agw.testing.LogRecorder;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A change that needs a port which is taken changes nothing at all.
class ReloadRollbackFlowTest {
    private static final String LAST = "agentgateway_config_last_load_success";
    private static final String FIRST = "{name: first, port: 0, protocol: HTTP}";

    @TempDir
    Path folder;

    private OddServer server;
    private ServerSocket taken;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer();
        taken = new ServerSocket(0);
    }

    @AfterEach
    void stop() throws IOException {
        taken.close();
        server.close();
    }

    private void write(String gateway, String path) throws IOException {
        Files.writeString(
                folder.resolve("all.yaml"),
                gateway + Manifest.hosts("plain", server.port()) + Manifest.route("r", Manifest.rule(path, "plain")));
    }

    private String second() {
        return "{name: second, port: " + taken.getLocalPort() + ", protocol: HTTP}";
    }

    private static int status(int port, String path) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.get(path).status();
        }
    }

    @Test
    void keepsServingTheOldSetAndSaysWhy() throws Exception {
        write(Manifest.gateway(FIRST), "/old");

        try (LogRecorder log = new LogRecorder("dev.agw.gateway.Configuration");
                TestGateway gateway = TestGateway.watching(folder)) {
            write(Manifest.gateway(FIRST.replace("first", "renamed"), second()), "/new");
            gateway.awaitMetric(0, LAST);

            assertThat(status(gateway.port(), "/old")).isEqualTo(200);
            assertThat(status(gateway.port(), "/new")).isEqualTo(404);
            assertThat(gateway.ports("http")).hasSize(1);
            assertThat(gateway.metrics().sum("agentgateway_config_loads_total", "result=failure"))
                    .isEqualTo(1);
            assertThat(gateway.metrics().sum("agentgateway_downstream_connections_total", "listener=renamed"))
                    .as("connections counted by a listener that is not in force")
                    .isZero();
            Eventually.until(
                    "the log names port and listener",
                    () -> log.messages().stream()
                            .anyMatch(text -> text.contains("port " + taken.getLocalPort() + " for listener \"second\"")
                                    && text.contains("stays in force")));
        }
    }

    @Test
    void takesTheNextChangeOnceThePortIsFree() throws Exception {
        write(Manifest.gateway(FIRST), "/old");

        try (TestGateway gateway = TestGateway.watching(folder)) {
            write(Manifest.gateway(FIRST, second()), "/new");
            gateway.awaitMetric(0, LAST);
            taken.close();
            write(Manifest.gateway(FIRST, second()), "/next");
            gateway.awaitMetric(1, LAST);

            assertThat(gateway.ports("http")).hasSize(2).contains(taken.getLocalPort());
            for (int port : gateway.ports("http")) {
                assertThat(status(port, "/next")).isEqualTo(200);
                assertThat(status(port, "/old")).isEqualTo(404);
            }
        }
    }
}
