package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agw.testing.Eventually;
import dev.agw.testing.Identity;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import dev.agw.testing.TlsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// HTTPS listeners: who is shown which certificate, and who is let in.
class SecureFlowTest {
    private static final String RECEIVED = "agentgateway_downstream_received_bytes_total";
    private static final String FAILURES = "agentgateway_tls_handshake_failures_total";

    @TempDir
    static Path keys;

    private static Identity exact;
    private static Identity wild;
    private static Identity friend;
    private static Identity stranger;

    @TempDir
    Path folder;

    private OddServer server;

    @BeforeAll
    static void identities() throws Exception {
        exact = Identity.of(keys, "dns:a.test");
        wild = Identity.of(keys, "dns:*.wild.test", "-keyalg", "RSA");
        friend = Identity.of(keys, "dns:friend");
        stranger = Identity.of(keys, "dns:stranger");
    }

    @BeforeEach
    void start() throws IOException {
        server = new OddServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static String listener(String name, String hostname, String tls) {
        String host = hostname.isEmpty() ? "" : ", hostname: \"" + hostname + "\"";
        return "{name: " + name + ", port: 0, protocol: HTTPS" + host + ", tls: {" + tls + "}}";
    }

    private static String certificate(String secret) {
        return "certificateRefs: [{name: " + secret + "}]";
    }

    private String routes() {
        return Manifest.hosts("plain", server.port()) + Manifest.route("all", Manifest.rule("/", "plain"));
    }

    private TestGateway serving(String settings, String... listeners) throws Exception {
        return TestGateway.bare(
                settings,
                Manifest.gateway(listeners),
                exact.secret("exact"),
                wild.secret("wild"),
                friend.authority("friends"),
                routes());
    }

    private TestGateway checking(String more) throws Exception {
        String validation = ", frontendValidation: {caCertificateRefs: [{name: friends}]";
        return serving("", listener("a", "", certificate("exact") + validation + more));
    }

    private static int port(TestGateway gateway) {
        return gateway.ports("https").getFirst();
    }

    private static RawClient.Answer ask(RawClient client, String host) throws IOException {
        return client.send("GET /x HTTP/1.1\r\nHost: " + host + "\r\n\r\n").answer();
    }

    private static int status(TestGateway gateway, TlsClient client, String host) throws Exception {
        try (RawClient connected = client.connect(port(gateway))) {
            return ask(connected, host).status();
        }
    }

    @Test
    void showsTheCertificateOfTheNameThatIsAskedFor() throws Exception {
        try (TestGateway gateway = serving(
                        "",
                        listener("a", "a.test", certificate("exact")),
                        listener("w", "*.wild.test", certificate("wild")));
                RawClient named = TlsClient.to("A.test").connect(port(gateway));
                RawClient below = TlsClient.to("x.y.wild.test").connect(port(gateway));
                RawClient nameless = TlsClient.to("").connect(port(gateway))) {
            assertThat(TlsClient.shown(named)).isEqualTo(exact.certificate());
            assertThat(TlsClient.shown(below)).isEqualTo(wild.certificate());
            assertThat(TlsClient.shown(nameless)).isEqualTo(exact.certificate());
            assertThat(ask(named, "a.test").status()).isEqualTo(200);
            assertThat(ask(below, "x.y.wild.test").status()).isEqualTo(200);
            assertThatThrownBy(() -> TlsClient.to("b.test").connect(port(gateway)))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("unrecognized_name");
            gateway.awaitMetric(1, FAILURES, "cause=unknown_name", "listener=a");
            gateway.awaitMetric(1, "agentgateway_tls_handshake_duration_seconds_count", "listener=w", "protocol=https");
            assertThat(gateway.metrics()
                            .sum(
                                    "agentgateway_tls_certificate_not_after_timestamp_seconds",
                                    "certificate=default/wild"))
                    .isEqualTo((double)
                            wild.certificate().getNotAfter().toInstant().getEpochSecond());
            assertThat(gateway.metrics().sum("agentgateway_active_connections", "protocol=https"))
                    .isEqualTo(3);
        }
    }

    @Test
    void tellsTheBackendThatTheClientCameByHttps() throws Exception {
        try (TestGateway gateway = serving("", listener("a", "", certificate("exact")));
                RawClient client = TlsClient.to("a.test").connect(port(gateway))) {
            ask(client, "a.test");

            assertThat(server.heads().getLast()).containsIgnoringCase("X-Forwarded-Proto: https");
        }
    }

    @Test
    void answers421ForAHostOfAnotherListener() throws Exception {
        try (TestGateway gateway = serving(
                "", listener("a", "a.test", certificate("exact")), listener("w", "*.wild.test", certificate("wild")))) {
            assertThat(status(gateway, TlsClient.to("a.test"), "b.wild.test")).isEqualTo(421);
            assertThat(status(gateway, TlsClient.to(""), "b.wild.test")).isEqualTo(421);
            assertThat(status(gateway, TlsClient.to("b.wild.test"), "c.wild.test:8443"))
                    .isEqualTo(200);
            assertThat(status(gateway, TlsClient.to("a.test"), "nobody.test")).isEqualTo(404);
        }
    }

    /// Else the listener for all hosts would take the request, and serve it without the certificate that is asked for.
    @Test
    void theDotThatMayEndAHostOpensNoOtherListener() throws Exception {
        try (TestGateway gateway =
                serving("", listener("any", "", certificate("exact")), listener("a", "a.test", certificate("exact")))) {
            assertThat(status(gateway, TlsClient.to("c.test"), "c.test.")).isEqualTo(200);
            assertThat(status(gateway, TlsClient.to("c.test"), "a.test")).isEqualTo(421);
            assertThat(status(gateway, TlsClient.to("c.test"), "a.test.")).isEqualTo(421);
            assertThat(status(gateway, TlsClient.to("a.test"), "a.test.")).isEqualTo(200);
        }
    }

    @Test
    void agreesOnAProtocolThatItSpeaks() throws Exception {
        try (TestGateway gateway = serving("", listener("a", "", certificate("exact")))) {
            try (RawClient client =
                    TlsClient.to("a.test").offering("acme/1", "http/1.1").connect(port(gateway))) {
                assertThat(((SSLSocket) client.socket()).getApplicationProtocol())
                        .isEqualTo("http/1.1");
            }
            assertThatThrownBy(() -> TlsClient.to("a.test").offering("acme/1").connect(port(gateway)))
                    .isInstanceOf(SSLException.class);
            gateway.awaitMetric(1, FAILURES, "cause=nothing_in_common");
        }
    }

    @Test
    void letsOnlyClientsInWhoseCertificateItTrusts() throws Exception {
        try (TestGateway gateway = checking("}")) {
            assertThat(status(gateway, TlsClient.to("a.test").showing(friend), "a.test"))
                    .isEqualTo(200);
            assertThatThrownBy(() -> status(gateway, TlsClient.to("a.test"), "a.test"))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> status(gateway, TlsClient.to("a.test").showing(stranger), "a.test"))
                    .isInstanceOf(IOException.class);
            gateway.awaitMetric(2, FAILURES, "cause=client_certificate");
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void anOptionalCertificateMayBeMissingButNotWrong() throws Exception {
        try (TestGateway gateway = checking("}, options: {agw.dev/client-certificate: optional}")) {
            assertThat(status(gateway, TlsClient.to("a.test"), "a.test")).isEqualTo(200);
            assertThat(status(gateway, TlsClient.to("a.test").showing(friend), "a.test"))
                    .isEqualTo(200);
            assertThatThrownBy(() -> status(gateway, TlsClient.to("a.test").showing(stranger), "a.test"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void theInsecureFallbackLetsEverybodyIn() throws Exception {
        try (TestGateway gateway = checking(", mode: AllowInsecureFallback}")) {
            assertThat(status(gateway, TlsClient.to("a.test"), "a.test")).isEqualTo(200);
            assertThat(status(gateway, TlsClient.to("a.test").showing(stranger), "a.test"))
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesVersionsBelowTheMinimum() throws Exception {
        String options = ", options: {kgateway.dev/min-tls-version: \"1.3\"}";
        try (TestGateway gateway = serving("", listener("a", "", certificate("exact") + options))) {
            assertThat(status(gateway, TlsClient.to("a.test").speaking("TLSv1.3"), "a.test"))
                    .isEqualTo(200);
            assertThatThrownBy(() -> status(gateway, TlsClient.to("a.test").speaking("TLSv1.2"), "a.test"))
                    .isInstanceOf(SSLException.class);
            gateway.awaitMetric(1, FAILURES, "cause=nothing_in_common");
        }
        try (TestGateway gateway = serving("", listener("a", "", certificate("wild")))) {
            assertThat(status(gateway, TlsClient.to("a.test").speaking("TLSv1.2"), "a.test"))
                    .isEqualTo(200);
        }
    }

    @Test
    void cutsAHandshakeThatTakesTooLong() throws Exception {
        try (TestGateway gateway =
                        serving("limits: {handshakeTimeout: 200ms}\n", listener("a", "", certificate("exact")));
                RawClient silent = new RawClient(port(gateway));
                RawClient slow = new RawClient(port(gateway))) {
            slow.send(new byte[] {22, 3, 1, 2, 0, 1}, 0, 6);

            assertThat(silent.ended()).isTrue();
            assertThat(slow.ended()).isTrue();
            gateway.awaitMetric(2, FAILURES, "cause=timeout");
            gateway.awaitMetric(0, "agentgateway_active_connections");
        }
    }

    @Test
    void refusesWhatIsNoClientHello() throws Exception {
        try (TestGateway gateway = serving("", listener("a", "", certificate("exact")));
                RawClient odd = new RawClient(port(gateway));
                RawClient fake = new RawClient(port(gateway))) {
            odd.send("\u0000\u0001nonsense");
            fake.send(new byte[] {22, 3, 1, 0, 5, 1, 0, 0, 1, 3}, 0, 10);

            assertThat(odd.exactly(7)).containsExactly(21, 3, 3, 0, 2, 2, 50);
            assertThat(fake.exactly(7)).containsExactly(21, 3, 3, 0, 2, 2, 50);
            gateway.awaitMetric(2, FAILURES, "cause=no_tls");
        }
    }

    @Test
    void tellsAPlainRequestThatThePortSpeaksTls() throws Exception {
        try (TestGateway gateway = serving("", listener("a", "", certificate("exact")));
                RawClient client = new RawClient(port(gateway))) {
            RawClient.Answer answer = client.get("/");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("this port speaks TLS: use https");
            gateway.awaitMetric(1, FAILURES, "cause=plain_http");
        }
    }

    @Test
    void aListenerWithoutItsSecretRefusesUntilItIsThere() throws Exception {
        Files.writeString(folder.resolve("gw.yaml"), Manifest.gateway(listener("a", "", certificate("exact"))));
        Files.writeString(folder.resolve("routes.yaml"), routes());
        try (TestGateway gateway = TestGateway.watching(folder)) {
            assertThat(gateway.process().warnings().toString())
                    .contains("gw.yaml", "no Secret default/exact", "connections to the listener are refused");
            assertThatThrownBy(() -> TlsClient.to("a.test").connect(port(gateway)))
                    .isInstanceOf(SSLException.class);
            gateway.awaitMetric(1, FAILURES, "cause=no_certificate");

            Files.writeString(folder.resolve("secret.yaml"), exact.secret("exact"));
            gateway.awaitMetric(
                    (double) exact.certificate().getNotAfter().toInstant().getEpochSecond(),
                    "agentgateway_tls_certificate_not_after_timestamp_seconds");
            assertThat(status(gateway, TlsClient.to("a.test"), "a.test")).isEqualTo(200);
        }
    }

    @Test
    void aNewCertificateIsShownWhileStreamsOfTheOldGoOn() throws Exception {
        Identity next = Identity.of(keys, "dns:a.test");
        server.on("/events", visit -> {
            visit.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            visit.send("9\r\ndata: 1\n\n\r\n");
            visit.in().read(); // the end of the test
        });
        Files.writeString(folder.resolve("gw.yaml"), Manifest.gateway(listener("a", "", certificate("exact"))));
        Files.writeString(folder.resolve("routes.yaml"), routes());
        Files.writeString(folder.resolve("secret.yaml"), exact.secret("exact"));
        try (TestGateway gateway = TestGateway.watching(folder);
                RawClient stream = TlsClient.to("a.test").connect(port(gateway));
                RawClient kept = TlsClient.to("a.test").connect(port(gateway))) {
            stream.send("GET /events HTTP/1.1\r\nHost: a.test\r\n\r\n").head();
            assertThat(stream.chunk()).isEqualTo("data: 1\n\n");

            Files.writeString(folder.resolve("secret.yaml"), next.secret("exact"));
            Eventually.until("the new certificate is shown", () -> {
                try (RawClient client = TlsClient.to("a.test").connect(port(gateway))) {
                    return TlsClient.shown(client).equals(next.certificate());
                }
            });

            assertThat(ask(kept, "a.test").status()).isEqualTo(200);
            assertThat(gateway.metrics().sum("agentgateway_streams_in_flight")).isEqualTo(1);
            assertThat(stream.socket().isClosed()).isFalse();
        }
    }

    @Test
    void aBrokenCertificateDoesNotTakeThePlaceOfAGoodOne() throws Exception {
        Files.writeString(folder.resolve("gw.yaml"), Manifest.gateway(listener("a", "", certificate("exact"))));
        Files.writeString(folder.resolve("routes.yaml"), routes());
        Files.writeString(folder.resolve("secret.yaml"), exact.secret("exact"));
        try (TestGateway gateway = TestGateway.watching(folder)) {
            Files.writeString(
                    folder.resolve("secret.yaml"), Identity.secret("exact", exact.certificatePem(), wild.keyPem()));
            gateway.awaitMetric(0, "agentgateway_config_last_load_success");

            try (RawClient client = TlsClient.to("a.test").connect(port(gateway))) {
                assertThat(TlsClient.shown(client)).isEqualTo(exact.certificate());
            }
        }
    }

    @Test
    void aClientThatSaysGoodbyeEndsItsCall() throws Exception {
        server.on("/slow", OddServer.Visit::awaitEnd);
        try (TestGateway gateway = serving("", listener("a", "", certificate("exact")));
                RawClient client = TlsClient.to("a.test").connect(port(gateway))) {
            client.send("GET /slow HTTP/1.1\r\nHost: a.test\r\n\r\n");
            Eventually.until("called", () -> !server.heads().isEmpty());

            ((SSLSocket) client.socket()).shutdownOutput(); // close_notify, and the connection stays

            gateway.awaitLogLine("\"outcome\":\"client_gone\"");
        }
    }

    @Test
    void aRequestBehindTheFirstIsNoGoodbye() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        server.on("/slow", visit -> {
            await(looked);
            visit.send(OddServer.ok("late"));
        });
        try (TestGateway gateway = serving("", listener("a", "", certificate("exact")));
                RawClient client = TlsClient.to("a.test").connect(port(gateway))) {
            client.send("GET /slow HTTP/1.1\r\nHost: a.test\r\n\r\n");
            Eventually.until("called", () -> !server.heads().isEmpty());
            double before = gateway.metrics().sum(RECEIVED);
            client.send("GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n");
            long start = System.nanoTime();
            Eventually.until("the watch has looked twice", () -> System.nanoTime() - start > 1_000_000_000L);
            assertThat(gateway.metrics().sum(RECEIVED)).isEqualTo(before);
            looked.countDown();

            assertThat(client.answer().body()).isEqualTo("late");
            assertThat(client.answer().body()).isEqualTo("/next");
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void endsAnAnswerWithAGoodbye() throws Exception {
        try (TestGateway gateway = serving("", listener("a", "", certificate("exact")));
                RawClient client = TlsClient.to("a.test").connect(port(gateway))) {
            client.send("GET /x HTTP/1.0\r\nHost: a.test\r\n\r\n");

            assertThat(client.answer().body()).isEqualTo("/x");
            assertThat(client.rest()).isEmpty(); // without close_notify this throws
        }
    }
}
