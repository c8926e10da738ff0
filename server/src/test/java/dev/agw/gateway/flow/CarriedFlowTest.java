package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.testing.BlackHole;
import dev.agw.testing.Eventually;
import dev.agw.testing.Identity;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import dev.agw.testing.TlsClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Listeners of protocol TLS: connections go to backends by the name that is asked for.
class CarriedFlowTest {
    private static final String FAILURES = "agentgateway_tls_route_failures_total";
    private static final String ROUTE = "gateway.networking.k8s.io/v1alpha2";

    @TempDir
    static Path keys;

    private static Identity ours;
    private static Identity theirs;

    private OddServer plain;
    private OddServer secure;

    @BeforeAll
    static void identities() throws Exception {
        ours = Identity.of(keys, "dns:ours.test");
        theirs = Identity.of(keys, "dns:theirs.test");
    }

    @BeforeEach
    void start() throws Exception {
        plain = new OddServer();
        secure = new OddServer(theirs.server());
    }

    @AfterEach
    void stop() throws IOException {
        plain.close();
        secure.close();
    }

    private static String route(String name, String host, String backend) {
        return Manifest.resource(
                ROUTE,
                "TLSRoute",
                name,
                "hostnames: [\"" + host + "\"], rules: [{backendRefs: [" + Manifest.ref(backend) + "]}]");
    }

    private TestGateway serving(String settings) throws Exception {
        return TestGateway.bare(
                settings,
                Manifest.gateway(
                        "{name: passing, port: 0, protocol: TLS, hostname: \"*.test\", tls: {mode: Passthrough}}",
                        "{name: ours, port: 0, protocol: TLS, hostname: ours.test, tls: {certificateRefs: [{name: ours}]}}"),
                ours.secret("ours"),
                Manifest.hosts("plain", plain.port()),
                Manifest.hosts("secure", secure.port()),
                route("passed", "theirs.test", "secure"),
                route("decrypted", "ours.test", "plain"));
    }

    private static int port(TestGateway gateway) {
        return gateway.ports("tls").getFirst();
    }

    private static RawClient.Answer ask(RawClient client) throws IOException {
        return client.send("GET /x HTTP/1.1\r\nHost: any\r\n\r\n").answer();
    }

    @Test
    void theBackendItselfShakesHandsWithTheClient() throws Exception {
        try (TestGateway gateway = serving("");
                RawClient client = TlsClient.to("theirs.test").connect(port(gateway))) {
            assertThat(TlsClient.shown(client)).isEqualTo(theirs.certificate());
            assertThat(ask(client).body()).isEqualTo("/x");
            assertThat(ask(client).body()).isEqualTo("/x");
            gateway.awaitMetric(1, "agentgateway_active_connections", "protocol=tls");
            assertThat(gateway.metrics().sum("agentgateway_downstream_received_bytes_total", "protocol=tls"))
                    .isPositive();
        }
    }

    @Test
    void decryptsForABackendThatCannot() throws Exception {
        try (TestGateway gateway = serving("");
                RawClient client = TlsClient.to("ours.test").connect(port(gateway))) {
            assertThat(TlsClient.shown(client)).isEqualTo(ours.certificate());
            assertThat(ask(client).body()).isEqualTo("/x");
            assertThat(plain.connections()).isEqualTo(1);
        }
    }

    @Test
    void closesWhatNoRouteIsFor() throws Exception {
        try (TestGateway gateway = serving("")) {
            assertThatThrownBy(() -> TlsClient.to("nobody.test").connect(port(gateway)))
                    .isInstanceOf(IOException.class);
            assertThat(secure.connections()).isZero();
            gateway.awaitMetric(0, "agentgateway_active_connections");
            gateway.awaitMetric(1, FAILURES, "cause=no_route", "listener=passing");
        }
    }

    @Test
    void countsWhatNoBackendTakes() throws Exception {
        try (TestGateway gateway = serving("")) {
            secure.close();
            assertThatThrownBy(() -> TlsClient.to("theirs.test").connect(port(gateway)))
                    .isInstanceOf(IOException.class);
            gateway.awaitMetric(1, FAILURES, "cause=no_backend", "listener=passing");
        }
    }

    @Test
    void goesOnToTheNextAddressWhenOneDoesNotAnswer() throws Exception {
        try (BlackHole hole = new BlackHole("127.0.0.3", secure.port());
                TestGateway gateway = TestGateway.bare(
                        "",
                        Manifest.gateway("{name: passing, port: 0, protocol: TLS, tls: {mode: Passthrough}}"),
                        Manifest.backend(
                                "pods", "static: {hosts: [" + host("127.0.0.3") + ", " + host("127.0.0.1") + "]}"),
                        Manifest.connections("pods", "connectTimeout: 500ms"),
                        route("passed", "theirs.test", "pods"))) {
            assertThat(hole.port()).isEqualTo(secure.port());
            Eventually.until("both were tried", () -> {
                try (RawClient client = TlsClient.to("theirs.test").connect(port(gateway))) {
                    assertThat(ask(client).body()).isEqualTo("/x");
                }
                return gateway.metrics().sum("agentgateway_upstream_connect_failures_total") > 0;
            });
            assertThat(gateway.metrics().sum(FAILURES)).isZero();
        }
    }

    @Test
    void opensNoMoreConnectionsThanTheBackendAllows() throws Exception {
        try (TestGateway gateway =
                bounded("60s", "connectionPool: {tcp: {maxConnections: 1}, http: {http1MaxPendingRequests: 1}}")) {
            RawClient first = TlsClient.to("theirs.test").connect(port(gateway));
            CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> asked(gateway));
            gateway.awaitOneWaiting();
            assertThat(asked(gateway)).as("the third").startsWith("refused");
            gateway.awaitMetric(1, FAILURES, "cause=no_backend", "listener=passing");
            assertThat(secure.connections()).isEqualTo(1);

            first.close();
            assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("/x");
            assertThat(secure.connections()).isEqualTo(2);
        }
    }

    @Test
    void aBackendThatIsFullIsNotTakenForOneThatFails() throws Exception {
        try (TestGateway gateway = bounded(
                "1s",
                "connectionPool: {tcp: {maxConnections: 1}}",
                "outlierDetection: {consecutive5xxErrors: 1, maxEjectionPercent: 100}")) {
            RawClient first = TlsClient.to("theirs.test").connect(port(gateway));
            assertThat(asked(gateway)).as("the second waits in vain").startsWith("refused");
            gateway.awaitMetric(1, FAILURES, "cause=no_backend", "listener=passing");

            first.close();
            assertThat(asked(gateway)).isEqualTo("/x");
        }
    }

    private TestGateway bounded(String connectTimeout, String... policy) {
        return TestGateway.bare(
                "",
                Manifest.gateway("{name: passing, port: 0, protocol: TLS, tls: {mode: Passthrough}}"),
                Manifest.hosts("secure", secure.port()),
                Manifest.connections("secure", "connectTimeout: " + connectTimeout + ", " + String.join(", ", policy)),
                route("passed", "theirs.test", "secure"));
    }

    private static String asked(TestGateway gateway) {
        try (RawClient client = TlsClient.to("theirs.test").connect(port(gateway))) {
            return ask(client).body();
        } catch (IOException | GeneralSecurityException e) {
            return "refused: " + e;
        }
    }

    private String host(String address) {
        return "{host: " + address + ", port: " + secure.port() + "}";
    }

    @Test
    void endsAConnectionOnWhichBothSidesAreSilent() throws Exception {
        try (TestGateway gateway = serving("upstream: {streamIdleTimeout: 1s}\n");
                RawClient client = TlsClient.to("theirs.test").connect(port(gateway))) {
            assertThat(ask(client).status()).isEqualTo(200);

            assertThat(client.ended()).isTrue();
            gateway.awaitMetric(0, "agentgateway_active_connections");
        }
    }

    @Test
    void theEndOfOneSideReachesTheOther() throws Exception {
        try (TestGateway gateway = serving("");
                RawClient client = TlsClient.to("theirs.test").connect(port(gateway))) {
            assertThat(ask(client).status()).isEqualTo(200);
            secure.dropConnections();

            assertThat(client.ended()).isTrue();
            gateway.awaitMetric(0, "agentgateway_active_connections");
        }
    }
}
