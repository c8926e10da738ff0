package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// While the configuration changes all the time, every answer comes from one configuration, the old or the new.
class ReloadLoadFlowTest {
    private static final int CLIENTS = 4;
    private static final int REQUESTS = 2_500;
    private static final int MOST_REQUESTS = 20_000;
    private static final int LEAST_RELOADS = 10;
    /// Long enough for the gateway to see that a change has come to rest, and short enough to overtake its reading.
    private static final long BETWEEN_CHANGES_NANOS = 40_000_000;

    @TempDir
    Path folder;

    private OddServer first;
    private OddServer second;
    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        first = new OddServer().on("/", visit -> visit.send(OddServer.ok("first")));
        second = new OddServer().on("/", visit -> visit.send(OddServer.ok("second")));
        Files.writeString(
                folder.resolve("backends.yaml"),
                Manifest.GATEWAY + Manifest.hosts("first", first.port()) + Manifest.hosts("second", second.port()));
        Files.writeString(folder.resolve("routes.yaml"), routes("first"));
        gateway = TestGateway.watching(folder);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        first.close();
        second.close();
    }

    /// A route whose answers tell twice where they come from: by the route, and by the backend.
    private static String routes(String backend) {
        String tells = "{type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: x-route, value: " + backend
                + "}]}}";
        return Manifest.route("r", Manifest.rule("/", backend, "filters: [" + tells + "]"));
    }

    @Test
    void losesNoRequest() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        Thread changes = Thread.ofPlatform().start(() -> change(over, wrong));

        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofPlatform().start(() -> ask(wrong)));
        }
        for (Thread client : clients) {
            client.join();
        }
        over.set(true);
        changes.join();

        assertThat(wrong.stream().limit(3)).isEmpty();
        Samples metrics = gateway.metrics();
        assertThat(metrics.sum("agentgateway_config_loads_total", "result=success"))
                .isGreaterThan(LEAST_RELOADS);
        assertThat(metrics.sum("agentgateway_requests_total", "reason=Upstream", "backend=default/first"))
                .isPositive();
        assertThat(metrics.sum("agentgateway_requests_total", "reason=Upstream", "backend=default/second"))
                .isPositive();
    }

    /// Asks until it has asked enough and has seen enough reloads.
    private void ask(Queue<String> wrong) {
        try (RawClient client = gateway.client()) {
            for (int i = 0; i < REQUESTS || (i < MOST_REQUESTS && reloads() <= LEAST_RELOADS); i++) {
                RawClient.Answer answer = client.get("/");
                if (answer.status() != 200 || !answer.body().equals(answer.header("x-route"))) {
                    wrong.add(answer.toString());
                }
            }
        } catch (IOException e) {
            wrong.add(e.toString());
        }
    }

    private double reloads() throws IOException {
        return gateway.metrics().sum("agentgateway_config_loads_total", "result=success");
    }

    private void change(AtomicBoolean over, Queue<String> wrong) {
        Path file = folder.resolve("routes.yaml");
        Path next = folder.resolve("routes.next");
        try {
            for (int i = 1; !over.get(); i++) {
                String routes = routes(i % 2 == 0 ? "first" : "second");
                if (i % 4 < 2) {
                    Files.writeString(file, routes);
                } else {
                    Files.move(Files.writeString(next, routes), file, StandardCopyOption.ATOMIC_MOVE);
                }
                LockSupport.parkNanos(BETWEEN_CHANGES_NANOS);
            }
        } catch (IOException e) {
            wrong.add(e.toString());
        }
    }
}
