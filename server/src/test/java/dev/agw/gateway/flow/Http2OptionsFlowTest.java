package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Eventually;
import dev.agw.testing.FrameServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What `http2ProtocolOptions` say, and what a backend sees of it.
@Timeout(60)
class Http2OptionsFlowTest {
    private final CountDownLatch gate = new CountDownLatch(1);
    private FrameServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FrameServer();
    }

    @AfterEach
    void stop() throws IOException {
        gate.countDown();
        server.close();
    }

    private TestGateway serving(String options) {
        return TestGateway.serving(
                Manifest.hosts("plain", server.port()),
                Manifest.connections("plain", "http2ProtocolOptions: {" + options + "}"),
                Manifest.route("r", Manifest.rule("/", "plain")));
    }

    @Test
    void theBackendMaySendAsMuchAheadAsTheWindowsSay() throws Exception {
        try (TestGateway gateway = serving("initialStreamWindowSize: 70000, initialConnectionWindowSize: 200000")) {
            assertThat(gateway.ask(Ask.get("/a")).body()).isEqualTo("/a");

            Eventually.until("it was told", () -> !server.asked.isEmpty() && !server.grants.isEmpty());
            assertThat(server.asked.element().initialWindowSize()).isEqualTo(70_000);
            assertThat(server.grants.element()).isEqualTo(200_000 - 65_535);
        }
    }

    @Test
    void noMoreStreamsShareAConnectionThanAllowed() throws Exception {
        server.on("/held", visit -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            visit.answer("at last");
        });
        try (TestGateway gateway = serving("maxConcurrentStreams: 2")) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                clients.add(gateway.client().send(Ask.get("/held")));
            }
            Eventually.until("all are there", () -> server.heads.size() == 5);
            assertThat(server.connections).hasValue(3);
            gate.countDown();
            for (RawClient client : clients) {
                assertThat(client.answer().body()).isEqualTo("at last");
                client.close();
            }
        }
    }
}
