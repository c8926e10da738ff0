package dev.agw.gateway;

import dev.agw.balance.OutlierDetection;
import dev.agw.http.HeadLimits;
import dev.agw.resource.BackendConfigPolicy;
import dev.agw.resource.ResourceSet;
import dev.agw.settings.AgwSettings;
import dev.agw.upstream.ConnectionSettings;
import dev.agw.upstream.DnsCache;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How connections to a backend are made and kept: its policies first, then the settings of the process.
final class Connections {
    private static final int UNBOUNDED = 1_000_000;

    private Connections() {}

    static ConnectionSettings of(AgwSettings settings, List<BackendConfigPolicy.Spec> policies) {
        AgwSettings.Upstream defaults = settings.upstream();
        Duration connect = policies.stream()
                .flatMap(policy -> policy.timeToConnect().stream())
                .findFirst()
                .orElse(defaults.connectTimeout());
        ConnectionSettings.Pool standard = ConnectionSettings.Pool.DEFAULT;
        return new ConnectionSettings(
                new ConnectionSettings.Timeouts(connect, connect),
                new ConnectionSettings.Pool(
                        tcp(policies)
                                .flatMap(BackendConfigPolicy.Tcp::maxConnections)
                                .orElse(standard.maxConnections()),
                        defaults.maxIdlePerHost(),
                        http(policies)
                                .flatMap(BackendConfigPolicy.Http::http1MaxPendingRequests)
                                .orElse(standard.maxPending()),
                        http(policies)
                                .flatMap(BackendConfigPolicy.Http::maxRequestsPerConnection)
                                .orElse(0),
                        defaults.idleTimeout(),
                        defaults.maxLifetime().isZero() ? Duration.ofDays(UNBOUNDED / 1000) : defaults.maxLifetime()),
                Optional.empty(),
                HeadLimits.RESPONSE);
    }

    /// How names are remembered, as the parameters say it at the start.
    static DnsCache.Settings dns(ResourceSet resources) {
        DnsCache.Settings standard = DnsCache.Settings.DEFAULT;
        return Compiler.parameters(resources)
                .flatMap(spec -> spec.rawConfig().stream())
                .flatMap(raw -> raw.config().stream())
                .flatMap(config -> config.dns().stream())
                .flatMap(dns -> dns.refreshRate().stream())
                .findFirst()
                .map(rate -> new DnsCache.Settings(rate, standard.negativeTtl(), standard.maxStale()))
                .orElse(standard);
    }

    static Optional<OutlierDetection> detection(List<BackendConfigPolicy.Spec> policies) {
        return policies.stream()
                .flatMap(policy -> policy.outlierDetection().stream())
                .findFirst()
                .map(rules -> new OutlierDetection(
                        rules.consecutive5xxErrors(),
                        rules.interval(),
                        rules.baseEjectionTime(),
                        rules.maxEjectionPercent(),
                        rules.splitExternalLocalOriginErrors(),
                        rules.consecutive5xxErrors()));
    }

    private static Optional<BackendConfigPolicy.Tcp> tcp(List<BackendConfigPolicy.Spec> policies) {
        return pool(policies).flatMap(BackendConfigPolicy.ConnectionPool::tcp);
    }

    private static Optional<BackendConfigPolicy.Http> http(List<BackendConfigPolicy.Spec> policies) {
        return pool(policies).flatMap(BackendConfigPolicy.ConnectionPool::http);
    }

    private static Optional<BackendConfigPolicy.ConnectionPool> pool(List<BackendConfigPolicy.Spec> policies) {
        return policies.stream()
                .flatMap(policy -> policy.connectionPool().stream())
                .findFirst();
    }
}
