package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.Identity;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import dev.agw.testing.TlsClient;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A client of TLS 1.3 may ask for new keys at any time, and each time makes the gateway answer. Java asks for
/// them by a second handshake.
@Timeout(60)
class KeyUpdateFlowTest {
    private static final String CONNECTIONS = "agentgateway_active_connections";
    private static final int FLOOD = 2000;

    @TempDir
    Path keys;

    private OddServer server;
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        Identity ours = Identity.of(keys, "dns:ours.test");
        server = new OddServer();
        gateway = TestGateway.bare(
                "",
                Manifest.gateway("{name: s, port: 0, protocol: HTTPS, tls: {certificateRefs: [{name: ours}]}}"),
                ours.secret("ours"),
                Manifest.hosts("plain", server.port()),
                Manifest.route("r", Manifest.rule("/", "plain")));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        server.close();
    }

    private RawClient client() throws Exception {
        return TlsClient.to("ours.test")
                .speaking("TLSv1.3")
                .connect(gateway.ports("https").getFirst());
    }

    private static void askForKeys(RawClient client, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            ((SSLSocket) client.socket()).startHandshake();
        }
    }

    @Test
    void itGetsThemBetweenAllThatItSays() throws Exception {
        try (RawClient client = client()) {
            for (int i = 0; i < 10; i++) {
                askForKeys(client, 10);
                assertThat(client.get("/x").body()).isEqualTo("/x");
            }
        }
    }

    @Test
    void whoAsksForNothingElseIsCutOff() throws Exception {
        try (RawClient client = client()) {
            assertThat(client.get("/x").status()).isEqualTo(200);
            gateway.awaitMetric(1, CONNECTIONS, "protocol=https");
            try {
                askForKeys(client, FLOOD);
            } catch (IOException cut) {
                // the sooner the better
            }

            gateway.awaitMetric(0, CONNECTIONS, "protocol=https");
        }
    }

    @Test
    void whoAsksForNothingElseWhileItIsServedIsCutOff() throws Exception {
        server.on("/held", OddServer.Visit::awaitEnd);
        try (RawClient client = client()) {
            client.send(Ask.get("/held"));
            gateway.awaitMetric(1, "agentgateway_requests_in_flight");
            try {
                askForKeys(client, FLOOD);
            } catch (IOException cut) {
                // the sooner the better
            }

            assertThat(gateway.awaitLogLine("/held")).contains("\"outcome\":\"client_gone\"");
        }
    }
}
