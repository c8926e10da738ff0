package dev.agw.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.resource.BackendConfigPolicy;
import dev.agw.resource.ManifestReader;
import dev.agw.settings.SettingsReader;
import dev.agw.upstream.ConnectionSettings;
import dev.agw.upstream.ConnectionSettings.Use;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Http2PoliciesTest {
    @Test
    void policiesAddUpToWhatTheySay() {
        List<BackendConfigPolicy.Spec> policies = policies(
                """
                connectionPool: {
                  tcp: {maxConnections: 1000, connectTimeout: 5s},
                  http: {h2UpgradePolicy: UPGRADE, http1MaxPendingRequests: 1000, http2MaxRequests: 1000,
                    maxRequestsPerConnection: 100, maxRetries: 3}}
                """,
                "http2ProtocolOptions:"
                        + " {maxConcurrentStreams: 100, initialStreamWindowSize: 65536, initialConnectionWindowSize: 1048576}",
                "tcpKeepalive: {keepaliveTime: 60s, keepaliveInterval: 29500ms, keepaliveProbes: 3}");

        ConnectionSettings settings = settings(policies);
        assertThat(settings.pool().maxConnections()).isEqualTo(1000);
        assertThat(settings.pool().maxPending()).isEqualTo(1000);
        assertThat(settings.pool().maxRequests()).isEqualTo(100);
        assertThat(settings.timeouts().connect()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.keepAlive()).contains(new ConnectionSettings.TcpKeepAlive(60, 30, 3));
        assertThat(settings.http2())
                .isEqualTo(new ConnectionSettings.Http2(Use.PRIOR_KNOWLEDGE, 1000, 100, 65_536, 1_048_576));
        assertThat(Connections.maxRetries(policies)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', NEVER",
        "UPGRADE, '', NEGOTIATED",
        "DEFAULT, '', NEVER",
        "'', '{}', PRIOR_KNOWLEDGE",
        "UPGRADE, '{}', PRIOR_KNOWLEDGE",
        "DO_NOT_UPGRADE, '{}', NEVER",
    })
    void http2IsSpokenWhereAPolicyAsksForIt(String upgrade, String options, Use use) {
        String policy = upgrade.isEmpty() ? "" : "connectionPool: {http: {h2UpgradePolicy: " + upgrade + "}}, ";
        String more = options.isEmpty() ? "" : "http2ProtocolOptions: " + options;

        assertThat(settings(policies(policy + more)).http2().use()).isEqualTo(use);
    }

    private static ConnectionSettings settings(List<BackendConfigPolicy.Spec> policies) {
        return Connections.of(
                new SettingsReader(Map.of(), Map.of()).defaults().settings().orElseThrow(), policies);
    }

    private static List<BackendConfigPolicy.Spec> policies(String... specs) {
        StringBuilder yaml = new StringBuilder();
        Arrays.stream(specs).forEach(spec -> yaml.append("""
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: BackendConfigPolicy
                metadata: {name: policy-%d}
                spec: {targetRefs: [{group: gateway.kgateway.dev, kind: Backend, name: b}], %s}
                ---
                """.formatted(yaml.length(), spec.replace("\n", " "))));
        return new ManifestReader(Map.of())
                .parse("test.yaml", yaml.toString()).resources().all(BackendConfigPolicy.class).stream()
                        .map(BackendConfigPolicy::spec)
                        .toList();
    }
}
