package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.gateway.Ending;
import dev.agw.gateway.Hurry;
import dev.agw.testing.Eventually;
import dev.agw.testing.Identity;
import dev.agw.testing.LogRecorder;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import dev.agw.testing.TlsClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tunnels have no end of their own that a gateway could wait for: they run on until the last moment.
@Timeout(60)
class TunnelDrainFlowTest {
    private static final String UPGRADE = Ask.get("/ws", "Connection: Upgrade", "Upgrade: websocket");
    private static final String BRIEF = "shutdown: {min: 0s, max: 3s}\n";
    private static final String ENDLESS = "shutdown: {min: 0s, max: 30m}\n";
    private static final String CUT = "drained with 1 requests left; cutting them";

    @TempDir
    static Path keys;

    private static Identity theirs;

    private OddServer plain;
    private OddServer secure;

    @BeforeAll
    static void identity() throws Exception {
        theirs = Identity.of(keys, "dns:theirs.test");
    }

    @BeforeEach
    void start() throws Exception {
        plain = new OddServer().on("/ws", TunnelDrainFlowTest::echo);
        secure = new OddServer(theirs.server()).on("/ws", TunnelDrainFlowTest::echo);
    }

    @AfterEach
    void stop() throws IOException {
        plain.close();
        secure.close();
    }

    private static void echo(OddServer.Visit visit) throws IOException {
        visit.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        for (int b = visit.in().read(); b >= 0; b = visit.in().read()) {
            visit.out().write(b);
        }
        visit.hangUp();
    }

    private TestGateway switching(String shutdown) {
        return TestGateway.configured(
                shutdown, Manifest.hosts("plain", plain.port()), Manifest.route("ws", Manifest.rule("/ws", "plain")));
    }

    private TestGateway passing(String shutdown) {
        return TestGateway.bare(
                shutdown,
                Manifest.gateway("{name: tls, port: 0, protocol: TLS, tls: {mode: Passthrough}}"),
                Manifest.hosts("secure", secure.port()),
                Manifest.resource(
                        "gateway.networking.k8s.io/v1alpha2",
                        "TLSRoute",
                        "passed",
                        "hostnames: [theirs.test], rules: [{backendRefs: [" + Manifest.ref("secure") + "]}]"));
    }

    private static RawClient webSocket(TestGateway gateway) throws IOException {
        return switched(gateway.client());
    }

    private static RawClient passed(TestGateway gateway) throws Exception {
        return switched(TlsClient.to("theirs.test").connect(gateway.ports("tls").getFirst()));
    }

    private static RawClient switched(RawClient client) throws IOException {
        assertThat(client.send(UPGRADE).head().status()).isEqualTo(101);
        assertEchoes(client);
        return client;
    }

    private static void assertEchoes(RawClient client) throws IOException {
        assertThat(client.send("hello\n").line()).isEqualTo("hello");
    }

    private static void shutdown(TestGateway gateway) throws Exception {
        int port = gateway.process().listening().getFirst().port();
        AtomicReference<Ending> told = new AtomicReference<>();
        gateway.process().shutdown(Hurry.NONE, told::set);
        assertThat(told.get().requests()).as("a tunnel is work under way").isEqualTo(1);
        Eventually.until("nobody is let in", () -> refuses(port));
        assertThat(gateway.metrics().sum("agentgateway_drain_remaining_streams"))
                .isEqualTo(1);
    }

    private static boolean refuses(int port) {
        try (RawClient client = new RawClient(port)) {
            return !client.socket().isConnected();
        } catch (IOException refused) {
            return true;
        }
    }

    @Test
    void aWebSocketRunsToTheLastMomentAndIsCutAndCounted() throws Exception {
        try (LogRecorder log = new LogRecorder("dev.agw.gateway.Drain");
                TestGateway gateway = switching(BRIEF);
                RawClient client = webSocket(gateway)) {
            shutdown(gateway);
            assertEchoes(client);
            gateway.process().awaitEnd();

            assertThat(client.ended()).isTrue();
            assertThat(log.messages()).contains(CUT);
            assertThat(gateway.awaitLogLine("/ws")).contains("\"status\":101", "\"outcome\":\"shutdown\"");
        }
    }

    @Test
    void aConnectionThatIsPassedOnRunsToTheLastMomentAndIsCutAndCounted() throws Exception {
        try (LogRecorder log = new LogRecorder("dev.agw.gateway.Drain");
                TestGateway gateway = passing(BRIEF);
                RawClient client = passed(gateway)) {
            shutdown(gateway);
            assertEchoes(client);
            gateway.process().awaitEnd();

            assertThat(client.ended()).isTrue();
            assertThat(log.messages()).contains(CUT);
        }
    }

    @Test
    void theGatewayEndsWithTheLastWebSocket() throws Exception {
        try (TestGateway gateway = switching(ENDLESS);
                RawClient client = webSocket(gateway)) {
            shutdown(gateway);
            assertEchoes(client);
            client.finish();
            gateway.process().awaitEnd();

            assertThat(gateway.awaitLogLine("/ws")).contains("\"status\":101").doesNotContain("shutdown");
        }
    }

    @Test
    void theGatewayEndsWithTheLastConnectionThatIsPassedOn() throws Exception {
        try (LogRecorder log = new LogRecorder("dev.agw.gateway.Drain");
                TestGateway gateway = passing(ENDLESS);
                RawClient client = passed(gateway)) {
            shutdown(gateway);
            assertEchoes(client);
            client.socket().close();
            gateway.process().awaitEnd();

            assertThat(log.messages()).isEmpty();
        }
    }
}
