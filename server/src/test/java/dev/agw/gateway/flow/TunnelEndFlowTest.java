package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.gateway.Hurry;
import dev.agw.testing.Eventually;
import dev.agw.testing.Identity;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import dev.agw.testing.TlsClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The end of one side of a tunnel takes nothing away from the other.
@Timeout(60)
class TunnelEndFlowTest {
    private static final String ASK = Ask.get("/ws", "Connection: Upgrade", "Upgrade: websocket");
    private static final String SWITCH =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    private static final String CONNECTIONS = "agentgateway_active_connections";
    private static final String SENT = "agentgateway_downstream_sent_bytes_total";
    /// More than a client has room for that does not read, and less than the gateway has in its socket.
    private static final int MUCH = 300 << 10;

    @TempDir
    Path keys;

    private OddServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private TestGateway serving(String settings) {
        return TestGateway.configured(settings, routes());
    }

    private String[] routes() {
        return new String[] {Manifest.hosts("plain", server.port()), Manifest.route("r", Manifest.rule("/", "plain"))};
    }

    private static RawClient switched(RawClient client) throws IOException {
        assertThat(client.send(ASK).head().status()).isEqualTo(101);
        return client;
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void aClientThatStillTalksGetsAllThatItsBackendSaid() throws Exception {
        CountDownLatch said = new CountDownLatch(1);
        CountDownLatch heard = new CountDownLatch(1);
        server.on("/ws", visit -> {
            visit.send(SWITCH);
            visit.out().write(new byte[MUCH]);
            visit.socket().shutdownOutput();
            said.countDown();
            visit.in().readNBytes(15_000);
            heard.countDown();
            visit.awaitEnd();
        });

        try (TestGateway gateway = serving("");
                RawClient client = gateway.client()) {
            client.socket().setReceiveBufferSize(32 << 10);
            switched(client);
            Eventually.until("all is on its way", () -> gateway.metrics().sum(SENT) > MUCH);
            await(said);
            for (int i = 0; i < 3; i++) {
                client.send("x".repeat(5000));
            }

            assertThat(client.exactly(MUCH)).hasSize(MUCH);
            assertThat(client.ended()).isTrue();
            await(heard);
            client.finish();
            assertThat(gateway.awaitLogLine("/ws")).contains("\"outcome\":\"completed\"");
        }
    }

    @Test
    void aBackendAnswersAClientThatHasSaidItsLast() throws Exception {
        server.on("/ws", visit -> {
            visit.send(SWITCH);
            String question = new String(visit.in().readAllBytes(), StandardCharsets.US_ASCII);
            visit.send("no " + question);
            visit.hangUp();
        });

        try (TestGateway gateway = serving("");
                RawClient client = switched(gateway.client())) {
            client.send("more").finish();

            assertThat(client.rest()).isEqualTo("no more");
            gateway.awaitMetric(0, CONNECTIONS);
        }
    }

    @Test
    void aBackendThatIsGoneHasItsLastWordAndNoClientHoldsItsPlace() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        server.on("/ws", visit -> {
            visit.send(SWITCH + "last");
            await(begun);
            visit.hangUp();
        });

        try (TestGateway gateway = serving("");
                RawClient client = switched(gateway.client())) {
            begun.countDown();
            try {
                for (int i = 0; i < 200; i++) {
                    client.send("x".repeat(5000));
                }
            } catch (IOException over) {
                // then the gateway has waited long enough
            }

            assertThat(new String(client.exactly(4), StandardCharsets.US_ASCII)).isEqualTo("last");
            gateway.awaitMetric(0, CONNECTIONS);
        }
    }

    @Test
    void aBackendThatIsGoneWithoutAWordIsNotWaitedForThoughNobodyWritesToIt() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        server.on("/ws", visit -> {
            visit.send(SWITCH);
            visit.in().readNBytes(5);
            await(heard);
            visit.reset();
        });

        try (TestGateway gateway = serving("");
                RawClient client = switched(gateway.client())) {
            client.send("hello");
            heard.countDown();

            gateway.awaitMetric(0, CONNECTIONS);
            assertThat(client.ended()).isTrue();
            assertThat(gateway.awaitLogLine("/ws")).contains("\"outcome\":\"upstream_abort\"");
        }
    }

    @Test
    void aTlsClientGetsAllThatItsBackendSaid() throws Exception {
        server.once("/ws", SWITCH + "bye");
        Identity ours = Identity.of(keys, "dns:ours.test");

        try (TestGateway gateway = TestGateway.bare(
                        "",
                        Manifest.gateway("{name: s, port: 0, protocol: HTTPS, tls: {certificateRefs: [{name: ours}]}}"),
                        ours.secret("ours"),
                        String.join("", routes()));
                RawClient client = switched(
                        TlsClient.to("ours.test").connect(gateway.ports("https").getFirst()))) {
            assertThat(client.rest()).isEqualTo("bye");
        }
    }

    @Test
    void aTunnelThatIsSilentOnBothSidesEndsInTime() throws Exception {
        server.on("/ws", visit -> {
            visit.send(SWITCH);
            visit.awaitEnd();
        });

        try (TestGateway gateway = serving("limits: {tunnelIdleTimeout: 300ms}");
                RawClient client = switched(gateway.client())) {
            assertThat(client.ended()).isTrue();
            assertThat(gateway.awaitLogLine("/ws")).contains("\"outcome\":\"timeout\"");
            gateway.awaitMetric(0, CONNECTIONS);
        }
    }

    @Test
    void aTunnelWithOneSideLeftThatIsSilentEndsInTime() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        server.on("/ws", visit -> {
            visit.send(SWITCH);
            visit.socket().shutdownOutput();
            visit.awaitEnd();
            over.countDown();
        });

        try (TestGateway gateway = serving("upstream: {streamIdleTimeout: 300ms}");
                RawClient client = switched(gateway.client())) {
            await(over);
            gateway.awaitMetric(0, CONNECTIONS);
            assertThat(client.ended()).isTrue();
        }
    }

    @Test
    void aSilenceAfterTheClientsLastWordIsATimeout() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        server.on("/ws", visit -> {
            visit.send(SWITCH);
            visit.awaitEnd();
            await(over); // and says nothing itself
        });

        try (TestGateway gateway = serving("upstream: {streamIdleTimeout: 300ms}");
                RawClient client = switched(gateway.client())) {
            client.finish();

            assertThat(gateway.awaitLogLine("/ws")).contains("\"outcome\":\"timeout\"");
            over.countDown();
        }
    }

    @Test
    void anEndOfTheGatewayShowsConnectionsThatArePassedOn() throws Exception {
        Identity theirs = Identity.of(keys, "dns:theirs.test");
        try (OddServer secure = new OddServer(theirs.server());
                TestGateway gateway = TestGateway.bare(
                        "shutdown: {min: 0s, max: 30s}",
                        Manifest.gateway("{name: tls, port: 0, protocol: TLS, tls: {mode: Passthrough}}"),
                        Manifest.hosts("secure", secure.port()),
                        Manifest.resource(
                                "gateway.networking.k8s.io/v1alpha2",
                                "TLSRoute",
                                "passed",
                                "rules: [{backendRefs: [" + Manifest.ref("secure") + "]}]"));
                RawClient client =
                        TlsClient.to("theirs.test").connect(gateway.ports("tls").getFirst())) {
            assertThat(client.get("/x").status()).isEqualTo(200);
            assertThat(gateway.metrics().sum("agentgateway_drain_remaining_streams"))
                    .isZero();
            gateway.process().shutdown(Hurry.NONE, ending -> {});

            gateway.awaitMetric(1, "agentgateway_drain_remaining_streams");
        }
    }
}
