package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.simulator.Simulator;
import dev.agw.simulator.SimulatorSettings;
import dev.agw.testing.LoopbackPorts;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every answer says why it is what it is: to the client, in metrics and in the log, with the same word.
class ReasonFlowTest {
    private static final String REASONS = "agentgateway_requests_total";

    private static OddServer server;
    private static Simulator simulator;
    private static TestGateway gateway;

    record Case(String request, int status, String reason, String route) {
        static Case get(String path, int status, String reason, String... fields) {
            return new Case(Ask.get(path, fields), status, reason, "default/r");
        }

        @Override
        public String toString() {
            return request.lines().findFirst().orElse("") + " " + status;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        server = new OddServer();
        server.on("/slow/total", OddServer.Visit::awaitEnd)
                .on("/patient/head", OddServer.Visit::awaitEnd)
                .on("/up/reset", OddServer.Visit::reset);
        simulator = Simulator.start(SimulatorSettings.DEFAULT);
        gateway = TestGateway.configured(
                "limits: {bodyBytes: 2KiB}",
                Manifest.hosts("up", server.port()),
                Manifest.hosts("closed", LoopbackPorts.refusing()),
                Manifest.models("models", simulator.port()),
                Manifest.backend("nameless", "static: {hosts: [{host: no-such-host.invalid, port: 80}]}"),
                """
                apiVersion: v1
                kind: Service
                metadata: {name: idle}
                spec: {ports: [{port: 80}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: idle-1, labels: {kubernetes.io/service-name: idle}}
                addressType: IPv4
                ports: [{port: 80}]
                endpoints: [{addresses: [127.0.0.1], conditions: {ready: false}}]
                ---
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: DirectResponse
                metadata: {name: teapot}
                spec: {status: 418, body: short and stout}
                ---
                """,
                Manifest.route("r", rules()));
    }

    private static String[] rules() {
        return new String[] {
            Manifest.rule("/up", "up"),
            Manifest.rule("/v1", "models"),
            Manifest.rule("/closed", "closed"),
            Manifest.rule("/nameless", "nameless"),
            Manifest.rule("/missing", "missing"),
            Manifest.bareRule("/idle", "backendRefs: [{name: idle, port: 80}]"),
            Manifest.rule("/slow", "up", "timeouts: {request: 100ms}"),
            Manifest.rule("/patient", "up", "timeouts: {backendRequest: 100ms}"),
            Manifest.bareRule("/moved", "filters: [{type: RequestRedirect, requestRedirect: {hostname: example.com}}]"),
            Manifest.bareRule(
                    "/teapot",
                    "filters: [{type: ExtensionRef, extensionRef: "
                            + "{group: gateway.kgateway.dev, kind: DirectResponse, name: teapot}}]"),
            Manifest.rule("/cors", "up", "filters: [{type: CORS, cors: {allowOrigins: ['https://a.example']}}]")
        };
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        simulator.close();
        server.close();
    }

    static List<Case> cases() {
        return List.of(
                Case.get("/up/fine", 200, "Upstream"),
                Case.get("/moved/away", 302, "DirectResponse"),
                Case.get("/teapot/x", 418, "DirectResponse"),
                new Case(
                        Ask.head(
                                        "OPTIONS",
                                        "/cors/x",
                                        "Origin: https://a.example",
                                        "Access-Control-Request-Method: PUT")
                                + "\r\n",
                        204,
                        "DirectResponse",
                        "default/r"),
                new Case(Ask.get("/nothing/here"), 404, "NotFound", "unknown"),
                Case.get("/nameless/x", 503, "NoHealthyBackend"),
                Case.get("/missing/x", 503, "NoHealthyBackend"),
                Case.get("/idle/x", 503, "NoHealthyBackend"),
                Case.get("/slow/total", 504, "Timeout"),
                Case.get("/patient/head", 504, "Timeout"),
                Case.get("/closed/x", 503, "UpstreamFailure"),
                Case.get("/up/reset", 502, "UpstreamFailure"),
                new Case(Ask.post("/v1/chat/completions", "{\"model\": \"no end"), 400, "Internal", "default/r"),
                new Case(
                        Ask.post("/v1/embeddings", "{\"input\":\"" + "x".repeat(3000) + "\"}"),
                        413,
                        "Internal",
                        "default/r"),
                new Case("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400, "Internal", "unknown"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isToldToClientMetricsAndLog(Case one) throws Exception {
        String status = "status=" + one.status();
        String[] labels = {"reason=" + one.reason(), status, "route=" + one.route()};
        double before = gateway.metrics().sum(REASONS, labels);

        RawClient.Answer answer = gateway.ask(one.request());

        assertThat(answer.status()).isEqualTo(one.status());
        assertThat(answer.header("x-agw-reason")).isEqualTo(one.reason());
        gateway.awaitMetric(before + 1, REASONS, labels);
        assertThat(gateway.awaitLogLine(answer.header("x-request-id")))
                .contains("\"reason\":\"" + one.reason() + "\"")
                .contains("\"status\":" + one.status());
    }
}
