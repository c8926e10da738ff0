package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.http2.ErrorCode;
import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import dev.agw.testing.Eventually;
import dev.agw.testing.FrameServer;
import dev.agw.testing.Identity;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Backends that speak HTTP/2: when it is spoken, and that clients, metrics and the log see what they see of others.
class Http2BackendFlowTest {
    private static final String KNOWN = "http2ProtocolOptions: {}";
    private static final String RESENDS = "agentgateway_upstream_resends_total";
    private static final String CONNECTS = "agentgateway_upstream_connect_duration_seconds_count";
    private static final String TOKEN =
            "data: {\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n";
    private static final String USAGE =
            "data: {\"model\":\"gpt-4o\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    @TempDir
    Path folder;

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

    /// A gateway whose backends are the server, as plain HTTP below `/plain`, and as models.
    private TestGateway gateway(String policy, String... rules) {
        return TestGateway.serving(
                Manifest.hosts("plain", server.port()),
                Manifest.models("models", server.port()),
                Manifest.connections("plain", policy),
                Manifest.connections("models", policy),
                Manifest.route("r", Manifest.rule("/plain", "plain", rules), Manifest.rule("/v1", "models")));
    }

    private static Map<String, String> events() {
        return Map.of("content-type", "text/event-stream");
    }

    private void await() throws IOException {
        try {
            if (!gate.await(10, TimeUnit.SECONDS)) {
                throw new IOException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        KNOWN + ", h2",
        "'connectionPool: {http: {h2UpgradePolicy: UPGRADE}}, " + KNOWN + "', h2",
        "'connectionPool: {http: {h2UpgradePolicy: UPGRADE}}', http/1.1",
        "'connectionPool: {http: {h2UpgradePolicy: DO_NOT_UPGRADE}}, " + KNOWN + "', http/1.1",
    })
    void plainTextIsHttp2WhereOptionsSaySo(String policy, String spoken) throws Exception {
        try (OddServer old = new OddServer();
                TestGateway gateway = TestGateway.serving(
                        Manifest.hosts("plain", spoken.equals("h2") ? server.port() : old.port()),
                        Manifest.connections("plain", policy),
                        Manifest.route("r", Manifest.rule("/", "plain")))) {
            assertThat(gateway.ask(Ask.get("/plain/a")).body()).isEqualTo("/plain/a");

            assertThat(server.heads).hasSize(spoken.equals("h2") ? 1 : 0);
            assertThat(gateway.awaitLogLine("/plain/a")).contains("\"reason\":\"Upstream\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UPGRADE, HTTP/2",
        "DO_NOT_UPGRADE, HTTP/1.1",
        "DEFAULT, HTTP/1.1",
    })
    void overTlsTheUpgradePolicyDecidesWhatIsOffered(String policy, String spoken) throws Exception {
        Identity identity = Identity.of(folder, "dns:secure.test");
        try (OddServer leaf = new OddServer();
                TestGateway backend = TestGateway.bare(
                        "",
                        Manifest.gateway(
                                "{name: https, port: 0, protocol: HTTPS, " + "tls: {certificateRefs: [{name: own}]}}"),
                        identity.secret("own"),
                        Manifest.hosts("leaf", leaf.port()),
                        Manifest.route("r", Manifest.rule("/", "leaf")));
                TestGateway gateway = TestGateway.serving(
                        Manifest.hosts("secure", backend.ports("https").getFirst()),
                        Manifest.connections(
                                "secure",
                                "tls: {sni: secure.test, caCertificateRefs: [{name: ca}]},"
                                        + " connectionPool: {http: {h2UpgradePolicy: " + policy + "}}"),
                        identity.authority("ca"),
                        Manifest.route("r", Manifest.rule("/", "secure", "filters: [" + host() + "]")))) {
            assertThat(gateway.ask(Ask.get("/x")).status()).isEqualTo(200);

            assertThat(backend.awaitLogLine("/x")).contains("\"protocol\":\"" + spoken + "\"");
            assertThat(gateway.metrics().sum(CONNECTS, "transport=tls")).isEqualTo(1);
        }
    }

    private static String host() {
        return "{type: URLRewrite, urlRewrite: {hostname: secure.test}}";
    }

    @ParameterizedTest
    @CsvSource({"kubernetes.io/h2c, h2", "kubernetes.io/ws, http/1.1", "http, http/1.1"})
    void theServicesPortSaysWhatItsPodsSpeak(String protocol, String spoken) throws Exception {
        try (OddServer old = new OddServer()) {
            int port = spoken.equals("h2") ? server.port() : old.port();
            try (TestGateway gateway = TestGateway.serving(service(protocol, port), route())) {
                assertThat(gateway.ask(Ask.get("/plain/a")).body()).isEqualTo("/plain/a");
                assertThat(server.heads).hasSize(spoken.equals("h2") ? 1 : 0);
            }
        }
    }

    @Test
    void aPolicyMayForbidWhatTheServicesPortSays() throws Exception {
        String never = "targetRefs: [{group: '', kind: Service, name: pods}],"
                + " connectionPool: {http: {h2UpgradePolicy: DO_NOT_UPGRADE}}";
        try (OddServer old = new OddServer();
                TestGateway gateway = TestGateway.serving(
                        service("kubernetes.io/h2c", old.port()),
                        Manifest.resource("gateway.kgateway.dev/v1alpha1", "BackendConfigPolicy", "never", never),
                        route())) {
            assertThat(gateway.ask(Ask.get("/plain/a")).body()).isEqualTo("/plain/a");
        }
    }

    private static String route() {
        return Manifest.route("r", Manifest.bareRule("/", "backendRefs: [{name: pods, port: 80}]"));
    }

    private static String service(String protocol, int port) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: pods}
                spec: {ports: [{port: 80, appProtocol: %s}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: pods-1, labels: {kubernetes.io/service-name: pods}}
                addressType: IPv4
                ports: [{port: %d}]
                endpoints: [{addresses: [127.0.0.1], conditions: {ready: true}}]
                ---
                """.formatted(protocol, port);
    }

    @Test
    void anEventIsHandedOnWhileTheNextOneIsWithheld() throws Exception {
        server.on(Ask.CHAT, visit -> {
            visit.head(200, events());
            visit.piece(TOKEN);
            await();
            visit.body((TOKEN + USAGE + DONE).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        });
        try (TestGateway gateway = gateway(KNOWN);
                RawClient client = gateway.client()) {
            client.send(Ask.stream("Connection: close")).head();
            assertThat(client.chunk()).isEqualTo(TOKEN);
            gate.countDown();
            assertThat(client.rest()).contains(TOKEN, DONE).doesNotContain("usage");

            gateway.awaitMetric(1, "agentgateway_stream_outcomes_total", "outcome=completed");
            gateway.awaitMetric(1, "agentgateway_llm_tokens_total", "direction=output");
        }
    }

    /// Two gateways in a row, HTTP/2 between them.
    @Test
    void streamsGoThroughAnotherGatewayAndEndWithTheirClient() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
                TestGateway inner = TestGateway.serving(
                        Manifest.models("models", simulator.port()),
                        Manifest.route("chat", Manifest.rule("/", "models")));
                TestGateway outer = TestGateway.serving(
                        Manifest.models("models", inner.port()),
                        Manifest.connections("models", KNOWN),
                        Manifest.route("chat", Manifest.rule("/", "models")))) {
            for (int i = 0; i < 5; i++) {
                assertThat(outer.ask(Ask.stream("x-sim-tokens: 50")).body()).contains(DONE);
            }
            assertThat(inner.awaitLogLine(Ask.CHAT)).contains("\"protocol\":\"HTTP/2\"");
            assertThat(outer.metrics().sum(CONNECTS, "transport=plaintext")).isEqualTo(1);

            try (RawClient client = outer.client()) {
                client.send(Ask.stream("x-sim-token-gap: 50ms", "x-sim-tokens: 100000"))
                        .head();
                client.chunk();
            }
            assertThat(simulator.requests().await(log -> log.cancelled() == 1, Duration.ofSeconds(10)))
                    .isTrue();
            assertThat(outer.ask(Ask.chat()).status()).isEqualTo(200);
            assertThat(outer.metrics().sum(CONNECTS, "transport=plaintext")).isEqualTo(1);
        }
    }

    @Test
    void aClientThatLeavesResetsItsStreamAndNoOther() throws Exception {
        server.on(Ask.CHAT, visit -> {
            visit.head(200, events());
            visit.piece(TOKEN);
        });
        server.on("/plain/held", visit -> {
            await();
            visit.answer("at last");
        });
        try (TestGateway gateway = gateway(KNOWN);
                RawClient other = gateway.client()) {
            other.send(Ask.get("/plain/held"));
            try (RawClient client = gateway.client()) {
                client.send(Ask.stream()).head();
                client.chunk();
            }

            assertThat(server.resets.poll(10, TimeUnit.SECONDS)).isEqualTo(ErrorCode.CANCEL);
            gateway.awaitMetric(1, "agentgateway_stream_outcomes_total", "outcome=client_gone");
            assertThat(gateway.awaitLogLine("\"outcome\":\"client_gone\"")).contains("\"reason\":\"Upstream\"");
            gate.countDown();
            assertThat(other.answer().body()).isEqualTo("at last");
            gateway.awaitMetric(0, "agentgateway_requests_in_flight");
        }
    }

    @Test
    void aClientThatLeavesBeforeTheAnswerResetsItsStream() throws Exception {
        server.on("/plain/held", visit -> await());
        try (TestGateway gateway = gateway(KNOWN)) {
            try (RawClient client = gateway.client()) {
                client.send(Ask.get("/plain/held"));
                Eventually.until("the request is there", () -> server.heads.size() == 1);
            }

            assertThat(server.resets.poll(10, TimeUnit.SECONDS)).isEqualTo(ErrorCode.CANCEL);
            assertThat(gateway.awaitLogLine("\"outcome\":\"client_gone\"")).contains("\"status\":0");
        }
    }

    @Test
    void aBackendThatGoesAwayCostsNoClientAnything() throws Exception {
        server.on("/plain/begun", visit -> {
            await();
            visit.answer("begun");
        });
        server.on("/plain/goes", visit -> {
            if (visit.peer().number == 1) {
                visit.goAway(1);
            } else {
                visit.answer("elsewhere");
            }
        });
        try (TestGateway gateway = gateway(KNOWN);
                RawClient first = gateway.client()) {
            first.send(Ask.get("/plain/begun"));
            Eventually.until("the first is there", () -> server.heads.size() == 1);
            assertThat(gateway.ask(Ask.post("/plain/goes", "{}")).body()).isEqualTo("elsewhere");
            gate.countDown();
            assertThat(first.answer().body()).isEqualTo("begun");

            Samples metrics = gateway.metrics();
            assertThat(metrics.sum(RESENDS)).isEqualTo(1);
            assertThat(metrics.sum(CONNECTS, "transport=plaintext")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "reset, 502, UpstreamFailure",
        "refuse, 503, UpstreamFailure",
        "drop, 502, UpstreamFailure",
        "silence, 504, Timeout",
    })
    void failuresHaveTheReasonsThatTheyHaveOverHttp1(String fault, int status, String reason) throws Exception {
        server.on("/plain/reset", visit -> visit.reset(ErrorCode.INTERNAL_ERROR));
        server.on("/plain/refuse", visit -> visit.reset(ErrorCode.REFUSED_STREAM));
        server.on("/plain/drop", visit -> server.drop());
        server.on("/plain/silence", visit -> await());
        String patience = fault.equals("silence") ? "timeouts: {backendRequest: 200ms}" : "timeouts: {request: 10s}";
        try (TestGateway gateway = gateway(KNOWN, patience)) {
            RawClient.Answer answer = gateway.ask(Ask.get("/plain/" + fault));

            assertThat(answer.status()).isEqualTo(status);
            gateway.awaitMetric(1, "agentgateway_requests_total", "status=" + status, "reason=" + reason);
            gateway.awaitMetric(fault.equals("refuse") ? 3 : 0, RESENDS);
            assertThat(gateway.awaitLogLine("/plain/" + fault)).contains("\"reason\":\"" + reason + "\"");
            if (fault.equals("silence")) {
                assertThat(server.resets.poll(10, TimeUnit.SECONDS)).isEqualTo(ErrorCode.CANCEL);
            }
        }
    }

    @Test
    void aStreamThatBreaksEndsWithAnErrorThatClientsUnderstand() throws Exception {
        server.on(Ask.CHAT, visit -> {
            visit.head(200, events());
            visit.piece(TOKEN + "data: {\"half");
            visit.reset(ErrorCode.INTERNAL_ERROR);
        });
        try (TestGateway gateway = gateway(KNOWN)) {
            assertThat(gateway.ask(Ask.stream()).body())
                    .startsWith(TOKEN + "data: {")
                    .contains("\"code\":\"upstream_failure\"");
            gateway.awaitMetric(1, "agentgateway_requests_total", "status=200", "reason=UpstreamFailure");
        }
    }

    @Test
    void requestsBeyondTheMostAtATimeAreToldToComeAgain() throws Exception {
        server.on("/plain/held", visit -> {
            await();
            visit.answer("at last");
        });
        try (TestGateway gateway = gateway(KNOWN + ", connectionPool: {http: {http2MaxRequests: 1}}");
                RawClient first = gateway.client()) {
            first.send(Ask.get("/plain/held"));
            Eventually.until("the first is there", () -> server.heads.size() == 1);
            RawClient.Answer refused = gateway.ask(Ask.get("/plain/more"));
            gate.countDown();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(first.answer().body()).isEqualTo("at last");
            gateway.awaitMetric(1, "agentgateway_requests_total", "status=503", "reason=Internal");
        }
    }

    @Test
    void aBackendThatDoesNotSpeakItIsAConnectionThatFailed() throws Exception {
        try (OddServer old = new OddServer();
                TestGateway gateway = TestGateway.serving(
                        Manifest.hosts("plain", old.port()),
                        Manifest.connections("plain", KNOWN),
                        Manifest.route("r", Manifest.rule("/", "plain")))) {
            old.on("*", visit -> {
                visit.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                visit.awaitEnd();
            });

            assertThat(gateway.ask(Ask.get("/a")).status()).isEqualTo(502);
            gateway.awaitMetric(1, "agentgateway_upstream_connect_failures_total", "transport=plaintext");
        }
    }
}
