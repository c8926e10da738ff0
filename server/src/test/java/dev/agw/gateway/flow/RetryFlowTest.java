package dev.agw.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.testing.LoopbackPorts;
import dev.agw.testing.OddServer;
import dev.agw.testing.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calls that fail before their answer begins are made again, as often as the rule says, elsewhere if there is one.
class RetryFlowTest {
    private static final String RETRIES = "agentgateway_retries_total";
    private static final String BUSY = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy";

    private OddServer server;

    @BeforeEach
    void start() throws IOException {
        server = new OddServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private TestGateway serving(String more) {
        return TestGateway.serving(
                Manifest.hosts("plain", server.port()), Manifest.route("r", Manifest.rule("/", "plain", more)));
    }

    /// Fails as often as told, then answers.
    private void fails(int times, OddServer.Script failure) {
        server.on("/x", visit -> {
            if (server.heads().size() <= times) {
                failure.play(visit);
            } else {
                visit.send(OddServer.ok("at last"));
            }
        });
    }

    @Test
    void callsAgainUponTheStatusesOfTheRule() throws Exception {
        fails(2, visit -> visit.send(BUSY));

        try (TestGateway gateway = serving("retry: {attempts: 2, codes: [503], backoff: 1ms}")) {
            RawClient.Answer answer = gateway.ask(Ask.get("/x"));

            assertThat(answer.body()).isEqualTo("at last");
            gateway.awaitMetric(2, RETRIES, "route=default/r", "backend=default/plain");
            assertThat(gateway.awaitLogLine(answer.header("x-request-id"))).contains("\"retries\":2");
        }
    }

    @Test
    void callsAgainUponABrokenConnection() throws Exception {
        fails(1, OddServer.Visit::reset);

        try (TestGateway gateway = serving("retry: {attempts: 1, backoff: 1ms}")) {
            assertThat(gateway.ask(Ask.get("/x")).body()).isEqualTo("at last");
        }
    }

    @Test
    void callsAgainUponATimeoutOfOneCall() throws Exception {
        fails(1, OddServer.Visit::awaitEnd);

        try (TestGateway gateway = serving("timeouts: {backendRequest: 1s}, retry: {attempts: 1, backoff: 1ms}")) {
            assertThat(gateway.ask(Ask.get("/x")).body()).isEqualTo("at last");
        }
    }

    @Test
    void endsWithTheTimeOfTheWholeRequest() throws Exception {
        fails(1_000, OddServer.Visit::awaitEnd);

        try (TestGateway gateway =
                serving("timeouts: {request: 300ms, backendRequest: 100ms}, retry: {attempts: 1000, backoff: 1ms}")) {
            assertThat(gateway.ask(Ask.get("/x")).status()).isEqualTo(504);
            assertThat(server.heads().size()).isBetween(1, 10);
        }
    }

    @Test
    void handsOnTheLastAnswerWhenNothingHelps() throws Exception {
        fails(1_000, visit -> visit.send(BUSY));

        try (TestGateway gateway = serving("retry: {attempts: 3, codes: [503], backoff: 1ms}")) {
            RawClient.Answer answer = gateway.ask(Ask.get("/x"));

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("busy");
            assertThat(answer.header("x-agw-reason")).isEqualTo("Upstream");
            assertThat(server.heads()).hasSize(4);
        }
    }

    @Test
    void makesNoSecondCallForOtherStatusesAndSendsSmallBodiesAgain() throws Exception {
        fails(1_000, visit -> {
            visit.body();
            visit.send(BUSY);
        });

        try (TestGateway gateway = serving("retry: {attempts: 3, codes: [502], backoff: 1ms}")) {
            gateway.ask(Ask.get("/x"));
            assertThat(server.heads()).hasSize(1);
        }
        try (TestGateway gateway = serving("retry: {attempts: 3, codes: [503], backoff: 1ms}")) {
            gateway.ask(Ask.post("/x", "hello"));
            assertThat(server.heads()).hasSize(1 + 4);
        }
    }

    @Test
    void keepsToItsBudget() throws Exception {
        fails(1_000, visit -> visit.send(BUSY));

        try (TestGateway gateway = TestGateway.configured(
                "retry: {budgetPercent: 0, budgetMinPerSecond: 0}",
                Manifest.hosts("plain", server.port()),
                Manifest.route("r", Manifest.rule("/", "plain", "retry: {attempts: 5, codes: [503], backoff: 1ms}")))) {
            gateway.ask(Ask.get("/x"));
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void triesAnotherEndpointOfAService() throws Exception {
        int closed = LoopbackPorts.refusing();

        try (TestGateway gateway = TestGateway.serving(
                service(closed, server.port()),
                Manifest.route(
                        "r",
                        Manifest.bareRule(
                                "/", "backendRefs: [{name: pods, port: 80}], retry: {attempts: 1, backoff: 1ms}")))) {
            try (RawClient client = gateway.client()) {
                for (int i = 0; i < 20; i++) {
                    assertThat(client.get("/x/" + i).body()).isEqualTo("/x/" + i);
                }
            }
            assertThat(gateway.metrics().sum(RETRIES, "backend=default/pods")).isPositive();
        }
    }

    private static String service(int... ports) {
        StringBuilder manifests = new StringBuilder(Manifest.resource("v1", "Service", "pods", "ports: [{port: 80}]"));
        for (int port : ports) {
            manifests.append("""
                    apiVersion: discovery.k8s.io/v1
                    kind: EndpointSlice
                    metadata: {name: pods-%1$d, labels: {kubernetes.io/service-name: pods}}
                    addressType: IPv4
                    ports: [{port: %1$d}]
                    endpoints: [{addresses: [127.0.0.1]}]
                    ---
                    """.formatted(port));
        }
        return manifests.toString();
    }
}
