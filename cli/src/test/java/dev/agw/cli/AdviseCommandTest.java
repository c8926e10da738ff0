package dev.agw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdviseCommandTest {
    private static final String BARE = """
            apiVersion: gateway.kgateway.dev/v1alpha1
            kind: Backend
            metadata: {name: cheap}
            spec:
              ai:
                llm:
                  openai: {host: localhost, port: 9100, model: gpt-4o-mini}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: chat}
            spec:
              rules:
                - backendRefs: [{name: cheap}]
                  TIMEOUTS
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    void aBareConfigurationIsToldTheWholeChecklist() throws IOException {
        Outcome advice = advise(BARE.replace("TIMEOUTS", ""));

        assertThat(advice.exitCode()).as(advice.err()).isZero();
        assertThat(advice.out())
                .contains("ADV101 warn Backend default/cheap\n  no circuit breaker")
                .contains("ADV102", "ADV103", "ADV104", "ADV105")
                .contains("ADV201 warn HTTPRoute default/chat\n", "ADV202")
                .contains("model gpt-4o-mini: $0.15 in, $0.60 out per million tokens")
                .contains("example table of");
        assertThat(advice.out().indexOf("ADV202")).isLessThan(advice.out().indexOf("ADV102"));
    }

    @Test
    void whatIsConfiguredIsNotAskedForAgain() throws IOException {
        Outcome advice = advise(BARE.replace("TIMEOUTS", "timeouts: {request: 50s}") + """
                ---
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: BackendConfigPolicy
                metadata: {name: cheap}
                spec:
                  targetRefs: [{group: gateway.kgateway.dev, kind: Backend, name: cheap}]
                  connectTimeout: 50s
                  connectionPool: {http: {h2UpgradePolicy: UPGRADE}}
                  outlierDetection: {interval: 10s}
                  tcpKeepalive: {keepaliveTime: 60s}
                ---
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: TrafficPolicy
                metadata: {name: chat}
                spec:
                  targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}]
                  timeouts: {firstToken: 50s, streamIdle: 30s}
                """);

        assertThat(advice.out())
                .doesNotContain("ADV101", "ADV102", "ADV103", "ADV104", "ADV201", "ADV202", "ADV204")
                .contains("ADV203 warn HTTPRoute default/chat")
                .contains("ADV205 warn Backend default/cheap\n  connecting may take 50 s");
    }

    @Test
    void aRequestThatOutlivesADrainAndADeploymentThatContradictsItselfAreTold() throws IOException {
        Outcome advice = advise(BARE.replace("TIMEOUTS", "timeouts: {request: 300s}") + """
                ---
                apiVersion: enterpriseagentgateway.solo.io/v1alpha1
                kind: EnterpriseAgentgatewayParameters
                metadata: {name: params}
                spec:
                  shutdown: {min: 10s, max: 110s}
                  horizontalPodAutoscaler: {spec: {minReplicas: 2}}
                  resources: {requests: {memory: 256Mi}, limits: {memory: 1Gi}}
                  kube: {deployment: {replicas: 3}}
                """);

        assertThat(advice.exitCode()).isEqualTo(1);
        assertThat(advice.out())
                .startsWith("ADV301 error")
                .contains(
                        "ADV204 warn HTTPRoute default/chat\n  a request may run 300 s, but a gateway that ends waits 110 s")
                .contains("ADV303 warn");
    }

    @Test
    void theSettingsTellHowLongADrainTakesUnlessParametersDo() throws IOException {
        String slow = BARE.replace("TIMEOUTS", "timeouts: {request: 100s}");
        Path manifests = Files.createDirectories(folder.resolve("set/resources"));
        Files.writeString(manifests.resolve("all.yaml"), slow);
        assertThat(advise(slow).out()).contains("a gateway that ends waits 60 s");
        assertThat(advise(slow).err()).contains("set.yaml does not tell shutdown.max: 60 s are assumed\n");

        Files.writeString(folder.resolve("set/agw.yaml"), "shutdown: {max: 300s}");
        Outcome settings = Outcome.of("advise", folder.resolve("set").toString());
        Files.writeString(manifests.resolve("parameters.yaml"), """
                apiVersion: enterpriseagentgateway.solo.io/v1alpha1
                kind: EnterpriseAgentgatewayParameters
                metadata: {name: params}
                spec: {shutdown: {min: 10s, max: 90s}}
                """);
        Outcome parameters = Outcome.of("advise", folder.resolve("set").toString());

        assertThat(settings.out()).contains("ADV202").doesNotContain("ADV204");
        assertThat(settings.err()).doesNotContain("assumed");
        assertThat(parameters.out()).contains("a gateway that ends waits 90 s");
    }

    @Test
    void theMetricsOfAGatewayAreLookedAt() throws IOException, InterruptedException {
        Map<String, String> free = Map.of(
                "AGW_ADMIN_ADDRESS", "127.0.0.1:0",
                "AGW_METRICS_ADDRESS", "127.0.0.1:0",
                "AGW_READINESS_ADDRESS", "127.0.0.1:0",
                "AGW_SHUTDOWN_MIN", "0s");
        try (Running demo = new Running(free, "/metrics |", "serve", "--demo", "--port=0")) {
            String metrics = "http://127.0.0.1:" + Running.port(demo.greeting(), "metrics");

            Outcome advice = advise(BARE.replace("TIMEOUTS", ""), "--metrics-url=" + metrics, "-o", "json");

            assertThat(advice.exitCode()).as(advice.err()).isZero();
            assertThat(advice.out()).contains("\"id\" : \"ADV101\"").doesNotContain("ADV406", "ADV407");
        }
    }

    @Test
    void aPageThatIsNoneOfAGatewayIsNoGroundForAdvice() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/metrics", exchange -> {
            byte[] body = "up 1\nprocess_start_time_seconds 1000\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        other.start();
        try {
            String url = "http://127.0.0.1:" + other.getAddress().getPort();

            Outcome advice = advise(BARE.replace("TIMEOUTS", ""), "--metrics-url=" + url);

            assertThat(advice.exitCode()).isEqualTo(3);
            assertThat(advice.err())
                    .isEqualTo("agw: " + url + " shows no metrics of an agw gateway: expected agentgateway_build_info;"
                            + " is the URL right?\n");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void saysWhatItCannotRead() throws IOException {
        assertThat(advise("kind: Nothing").exitCode()).isEqualTo(2);
        assertThat(Outcome.of("advise", "nowhere").exitCode()).isEqualTo(2);
        assertThat(advise(BARE.replace("TIMEOUTS", ""), "--metrics-url=http://127.0.0.1:1")
                        .exitCode())
                .isEqualTo(3);
    }

    private Outcome advise(String manifests, String... options) throws IOException {
        Path file = folder.resolve("set.yaml");
        Files.writeString(file, manifests);
        String[] arguments = new String[options.length + 2];
        arguments[0] = "advise";
        arguments[1] = file.toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return Outcome.of(arguments);
    }
}
