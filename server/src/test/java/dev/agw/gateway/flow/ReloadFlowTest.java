package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import dev.agw.testing.LogRecorder;
import dev.agw.testing.LoopbackPorts;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The configuration in force follows the files, and never follows them into an error.
class ReloadFlowTest {
    private static final String LAST = "agentgateway_config_last_load_success";

    @TempDir
    Path folder;

    private OddServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void write(String file, String... manifests) throws IOException {
        Files.writeString(folder.resolve(file), String.join("", manifests));
    }

    private static void awaitStatus(TestGateway gateway, String path, int status) throws Exception {
        try (RawClient client = gateway.client()) {
            Eventually.until(path + " answers " + status, () -> client.get(path).status() == status);
        }
    }

    @Test
    void changesOneRouteAmongThousands() throws Exception {
        StringBuilder routes = new StringBuilder();
        for (int i = 0; i < 4_999; i++) {
            routes.append(Manifest.route("r" + i, Manifest.rule("/many/" + i, "plain")));
        }
        write("all.yaml", Manifest.GATEWAY, Manifest.hosts("plain", server.port()), routes.toString());
        write("one.yaml", Manifest.route("one", Manifest.rule("/one", "plain")));

        try (TestGateway gateway = TestGateway.watching(folder)) {
            assertThat(gateway.ask(Ask.get("/one")).status()).isEqualTo(200);
            write("one.yaml", Manifest.route("one", Manifest.rule("/other", "plain")));
            awaitStatus(gateway, "/other", 200);

            assertThat(gateway.ask(Ask.get("/one")).status()).isEqualTo(404);
            assertThat(gateway.ask(Ask.get("/many/4998")).body()).isEqualTo("/many/4998");
        }
    }

    @Test
    void keepsTheLastGoodConfiguration() throws Exception {
        write("all.yaml", Manifest.GATEWAY, Manifest.hosts("plain", server.port()));
        write("one.yaml", Manifest.route("one", Manifest.rule("/one", "plain")));

        try (LogRecorder log = new LogRecorder("dev.agw.gateway.Configuration");
                TestGateway gateway = TestGateway.watching(folder)) {
            assertThat(gateway.metrics().sum(LAST)).isEqualTo(1);
            write("one.yaml", Manifest.route("one", Manifest.rule("/one", "plain", "tiemouts: {request: 1s}")));
            gateway.awaitMetric(0, LAST);

            assertThat(gateway.ask(Ask.get("/one")).status()).isEqualTo(200);
            Eventually.until(
                    "the log names file and field",
                    () -> log.messages().stream()
                            .anyMatch(text -> text.contains("one.yaml:") && text.contains("tiemouts")));
            write("one.yaml", Manifest.route("one", Manifest.rule("/two", "plain")));
            awaitStatus(gateway, "/two", 200);
            gateway.awaitMetric(1, LAST);
        }
    }

    @Test
    void opensAndClosesListeners() throws Exception {
        int first = LoopbackPorts.free();
        int second = LoopbackPorts.free();
        write("all.yaml", Manifest.hosts("plain", server.port()), Manifest.route("r", Manifest.rule("/", "plain")));
        write("gateway.yaml", Manifest.gateway(listener("a", first)));

        try (TestGateway gateway = TestGateway.watching(folder);
                RawClient early = new RawClient(first)) {
            assertThat(early.get("/a").status()).isEqualTo(200);
            write("gateway.yaml", Manifest.gateway(listener("a", first), listener("b", second)));
            Eventually.until("b is open", () -> gateway.ports("http").contains(second));
            try (RawClient client = new RawClient(second)) {
                assertThat(client.get("/b").body()).isEqualTo("/b");
            }

            write("gateway.yaml", Manifest.gateway(listener("b", second)));
            Eventually.until("a is closed", () -> !gateway.ports("http").contains(first));
            assertThat(early.ended()).isTrue();
            Eventually.until("a takes nobody", () -> refuses(first));
        }
    }

    private static String listener(String name, int port) {
        return "{name: " + name + ", port: " + port + ", protocol: HTTP}";
    }

    private static boolean refuses(int port) {
        try (RawClient client = new RawClient(port)) {
            return client.ended();
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void countsConnectionsByTheNameTheirListenerHadWhenTheyCame() throws Exception {
        String active = "agentgateway_active_connections";
        write("all.yaml", Manifest.hosts("plain", server.port()), Manifest.route("r", Manifest.rule("/", "plain")));
        write("gateway.yaml", Manifest.gateway(listener("before", 0)));

        try (TestGateway gateway = TestGateway.watching(folder)) {
            try (RawClient early = gateway.client()) {
                assertThat(early.get("/a").status()).isEqualTo(200);
                write("gateway.yaml", Manifest.gateway(listener("after", 0)));
                gateway.awaitMetric(2, "agentgateway_config_loads_total", "result=success");

                try (RawClient late = gateway.client()) {
                    assertThat(late.get("/b").status()).isEqualTo(200);
                    assertThat(early.get("/c").status()).isEqualTo(200);
                    assertThat(gateway.metrics().sum(active, "listener=before")).isEqualTo(1);
                    assertThat(gateway.metrics().sum(active, "listener=after")).isEqualTo(1);
                }
                gateway.awaitMetric(0, active, "listener=after");
                assertThat(gateway.metrics().sum(active, "listener=before")).isEqualTo(1);
            }
            gateway.awaitMetric(0, active, "listener=before");
            assertThat(gateway.metrics().sum(active, "listener=after")).isZero();
            assertThat(gateway.metrics().sum("agentgateway_downstream_connections_total", "listener=before"))
                    .isEqualTo(1);
            assertThat(gateway.metrics().sum("agentgateway_downstream_sent_bytes_total", "listener=after"))
                    .isPositive();
        }
    }

    @Test
    void followsTheSwapOfAMountedConfigMap() throws Exception {
        mount("..1", Manifest.rule("/one", "plain"));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(folder.resolve("all.yaml"), Path.of("..data/all.yaml"));

        try (TestGateway gateway = TestGateway.watching(folder)) {
            assertThat(gateway.ask(Ask.get("/one")).status()).isEqualTo(200);
            mount("..2", Manifest.rule("/two", "plain"));
            Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
            Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

            awaitStatus(gateway, "/two", 200);
            assertThat(gateway.ask(Ask.get("/one")).status()).isEqualTo(404);
        }
    }

    private void mount(String version, String rule) throws IOException {
        Path real = Files.createDirectory(folder.resolve(version));
        Files.writeString(
                real.resolve("all.yaml"),
                Manifest.GATEWAY + Manifest.hosts("plain", server.port()) + Manifest.route("r", rule));
    }
}
