package dev.agw.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agw.balance.OutlierDetection;
import dev.agw.resource.BackendConfigPolicy;
import dev.agw.resource.ManifestReader;
import dev.agw.resource.ResourceSet;
import dev.agw.settings.AgwSettings;
import dev.agw.settings.SettingsReader;
import dev.agw.upstream.ConnectionSettings;
import dev.agw.upstream.ConnectionSettings.Pool;
import dev.agw.upstream.ConnectionSettings.Timeouts;
import dev.agw.upstream.DnsCache;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final String UPSTREAM =
            "upstream: {connectTimeout: 3s, maxIdlePerHost: 7, idleTimeout: 20s, maxLifetime: ";

    private static AgwSettings settings(String yaml) {
        return new SettingsReader(Map.of(), Map.of())
                .parse("agw.yaml", yaml)
                .settings()
                .orElseThrow();
    }

    private static ResourceSet read(String yaml) {
        return new ManifestReader(Map.of()).parse("test.yaml", yaml).resources();
    }

    private static List<BackendConfigPolicy.Spec> policies(String... specs) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < specs.length; i++) {
            yaml.append("""
                    apiVersion: gateway.kgateway.dev/v1alpha1
                    kind: BackendConfigPolicy
                    metadata: {name: p%d}
                    spec: {targetRefs: [{group: gateway.kgateway.dev, kind: Backend, name: b}], %s}
                    ---
                    """.formatted(i, specs[i]));
        }
        List<BackendConfigPolicy> found = read(yaml.toString()).all(BackendConfigPolicy.class);
        assertThat(found).hasSameSizeAs(specs);
        return found.stream().map(BackendConfigPolicy::spec).toList();
    }

    private static ConnectionSettings connections(String settings, String... specs) {
        return Connections.of(settings(settings), policies(specs));
    }

    @Test
    void takesTheSettingsOfTheProcessWhereNoPolicySaysMore() {
        ConnectionSettings made = connections(UPSTREAM + "4m}");

        assertThat(made.timeouts()).isEqualTo(new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(3)));
        assertThat(made.pool())
                .isEqualTo(new Pool(
                        Pool.DEFAULT.maxConnections(),
                        7,
                        Pool.DEFAULT.maxPending(),
                        0,
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(4)));
        assertThat(made.keepAlive()).isEmpty();
    }

    @Test
    void takesEveryLimitOfAPolicy() {
        ConnectionSettings made = connections(UPSTREAM + "4m}", """
                connectionPool: {
                  tcp: {maxConnections: 11, connectTimeout: 2s},
                  http: {http1MaxPendingRequests: 12, maxRequestsPerConnection: 13}}""");

        assertThat(made.timeouts()).isEqualTo(new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2)));
        assertThat(made.pool()).isEqualTo(new Pool(11, 7, 12, 13, Duration.ofSeconds(20), Duration.ofMinutes(4)));
    }

    @Test
    void prefersTheTimeToConnectThatStandsOnTop() {
        String both = "connectTimeout: 1s, connectionPool: {tcp: {connectTimeout: 2s}}";

        assertThat(connections("", both).timeouts().connect()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void takesEachPartFromTheFirstPolicyThatHasIt() {
        ConnectionSettings made = connections(
                "",
                "connectTimeout: 1s",
                "connectTimeout: 9s, connectionPool: {tcp: {maxConnections: 2}}",
                "connectionPool: {http: {http1MaxPendingRequests: 3}}");

        assertThat(made.timeouts().connect()).isEqualTo(Duration.ofSeconds(1));
        assertThat(made.pool().maxConnections()).isEqualTo(2);
        assertThat(made.pool().maxPending()).isEqualTo(Pool.DEFAULT.maxPending());
    }

    @Test
    void aLifetimeOfZeroIsNone() {
        assertThat(connections(UPSTREAM + "0s}").pool().maxLifetime()).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void ejectsNobodyUnlessAPolicySaysSo() {
        assertThat(Connections.detection(policies())).isEmpty();
        assertThat(Connections.detection(policies("connectTimeout: 1s"))).isEmpty();
    }

    @Test
    void takesTheRulesOfEjection() {
        assertThat(Connections.detection(policies("outlierDetection: {}"))).contains(OutlierDetection.DEFAULT);
        assertThat(Connections.detection(policies(
                        "connectTimeout: 1s",
                        "outlierDetection: {consecutive5xxErrors: 3, interval: 4s, baseEjectionTime: 5s,"
                                + " maxEjectionPercent: 60, splitExternalLocalOriginErrors: true}",
                        "outlierDetection: {consecutive5xxErrors: 9}")))
                .contains(new OutlierDetection(3, Duration.ofSeconds(4), Duration.ofSeconds(5), 60, true, 3));
    }

    @Test
    void remembersNamesAsTheParametersSay() {
        String parameters = """
                apiVersion: gateway.kgateway.dev/v1alpha1
                kind: GatewayParameters
                metadata: {name: p}
                spec: {rawConfig: {config: {dns: {refreshRate: 7s, cacheMaxSize: 99, respectDnsTtl: true}}}}
                """;

        assertThat(Connections.names(read(""))).isEqualTo(DnsCache.Settings.DEFAULT);
        assertThat(Connections.names(read(parameters)))
                .isEqualTo(new DnsCache.Settings(
                        Duration.ofSeconds(7),
                        DnsCache.Settings.DEFAULT.negativeTtl(),
                        DnsCache.Settings.DEFAULT.maxStale(),
                        99,
                        true));
    }
}
