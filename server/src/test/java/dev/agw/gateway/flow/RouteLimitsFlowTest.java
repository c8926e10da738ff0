package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Limits of routes outlive a reload, and not the routes.
@Timeout(120)
class RouteLimitsFlowTest {
    private static final int ROUTES = 300;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final CountDownLatch finish = new CountDownLatch(1);
    private OddServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer().on("/kept/held", visit -> {
            try {
                finish.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            visit.send(OddServer.ok("at last"));
        });
        Files.writeString(folder.resolve("gw.yaml"), Manifest.GATEWAY + Manifest.hosts("plain", server.port()));
    }

    @AfterEach
    void stop() throws IOException {
        finish.countDown();
        server.close();
    }

    private void routes(String generation, boolean kept) throws IOException {
        StringBuilder routes = new StringBuilder();
        for (int i = 0; i < ROUTES; i++) {
            String name = generation + i;
            routes.append(Manifest.route(name, Manifest.rule("/" + name, "plain")));
        }
        if (kept) {
            routes.append(Manifest.route("kept", Manifest.rule("/kept", "plain")));
        }
        Files.writeString(folder.resolve("routes.yaml"), routes);
    }

    private static void askAll(TestGateway gateway, String generation) throws Exception {
        Eventually.until(
                generation + " is served",
                LONG,
                () -> gateway.ask(Ask.get("/" + generation + "0")).status() == 200);
        try (RawClient client = gateway.client()) {
            for (int i = 1; i < ROUTES; i++) {
                assertThat(client.get("/" + generation + i).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aRouteThatGoesAndComesBackLetsNoMoreIn() throws Exception {
        routes("a", true);
        try (TestGateway gateway =
                        TestGateway.watching("limits: {maxRequestsPerRoute: 1, maxQueuedRequests: 0}", folder);
                RawClient held = gateway.client().send(Ask.get("/kept/held"))) {
            Eventually.until("it is held", () -> !server.heads().isEmpty());
            routes("b", false);
            askAll(gateway, "b");
            routes("c", true);
            askAll(gateway, "c");

            assertThat(gateway.ask(Ask.get("/kept/more")).status()).isEqualTo(503);
            finish.countDown();
            assertThat(held.answer().body()).isEqualTo("at last");
            Eventually.until(
                    "there is room again",
                    () -> gateway.ask(Ask.get("/kept/more")).status() == 200);
        }
    }

    @Test
    void nothingIsKeptOfRoutesThatAreGone() throws Exception {
        routes("a", true);
        try (TestGateway gateway = TestGateway.watching(folder);
                RawClient held = gateway.client().send(Ask.get("/kept/held"))) {
            Eventually.until("it is held", () -> !server.heads().isEmpty());
            askAll(gateway, "a");
            routes("b", false);
            askAll(gateway, "b");

            Eventually.until("one gate is in use", LONG, () -> gateway.process().routeGates() == 1);
            finish.countDown();
            assertThat(held.answer().body()).isEqualTo("at last");
            Eventually.until("no gate is kept", LONG, () -> gateway.process().routeGates() == 0);
        }
    }
}
