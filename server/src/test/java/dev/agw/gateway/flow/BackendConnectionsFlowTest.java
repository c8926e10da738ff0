package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.LoopbackPorts;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What goes wrong between the gateway and its backends shows in the metrics, also where clients notice nothing.
class BackendConnectionsFlowTest {
    private static final String FAILURES = "agentgateway_upstream_connect_failures_total";
    private static final String RESENDS = "agentgateway_upstream_resends_total";

    private OddServer server;
    /// Hangs up on everybody.
    private ServerSocket mute;
    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer();
        mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::hangUp);
        gateway = TestGateway.serving(
                Manifest.hosts("plain", server.port()),
                Manifest.hosts("closed", LoopbackPorts.refusing()),
                Manifest.backend(
                        "tls", "static: {tls: true, hosts: [{host: 127.0.0.1, port: " + mute.getLocalPort() + "}]}"),
                Manifest.route(
                        "r",
                        Manifest.rule("/closed", "closed"),
                        Manifest.rule("/tls", "tls"),
                        Manifest.rule("/", "plain")));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        mute.close();
        server.close();
    }

    private void hangUp() {
        try {
            while (true) {
                mute.accept().close();
            }
        } catch (IOException over) {
            // the test is
        }
    }

    @Test
    void beginAtZero() throws Exception {
        assertThat(gateway.metrics().series(FAILURES)).isEqualTo(2);
        assertThat(gateway.metrics().sum(FAILURES)).isZero();
        assertThat(gateway.metrics().series(RESENDS)).isEqualTo(1);
        assertThat(gateway.metrics().sum(RESENDS)).isZero();
    }

    @Test
    void thatCannotBeMadeAreCounted() throws Exception {
        assertThat(gateway.ask(Ask.get("/closed/x")).status()).isEqualTo(503);
        assertThat(gateway.ask(Ask.get("/closed/y")).status()).isEqualTo(503);

        assertThat(gateway.metrics().sum(FAILURES, "transport=plaintext")).isEqualTo(2);
        assertThat(gateway.metrics().sum(FAILURES, "transport=tls")).isZero();
    }

    @Test
    void whoseHandshakeFailsAreCountedAsTls() throws Exception {
        assertThat(gateway.ask(Ask.get("/tls/x")).status()).isEqualTo(502);

        assertThat(gateway.metrics().sum(FAILURES, "transport=tls")).isEqualTo(1);
        assertThat(gateway.metrics().sum(FAILURES, "transport=plaintext")).isZero();
    }

    @Test
    void thatDiedWhileTheyWereKeptCostTheClientNothing() throws Exception {
        server.on("/race", visit -> {
            if (visit.connection() == 1 && visit.number() > 1) {
                visit.reset();
            } else {
                visit.send(OddServer.ok("connection " + visit.connection()));
            }
        });

        try (RawClient client = gateway.client()) {
            assertThat(client.get("/race").body()).isEqualTo("connection 1");
            assertThat(client.get("/race").body()).isEqualTo("connection 2");
        }

        assertThat(gateway.metrics().sum(RESENDS)).isEqualTo(1);
        assertThat(gateway.metrics().sum(FAILURES)).isZero();
    }
}
