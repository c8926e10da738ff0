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
    /// What Linux takes.
    private static final int MOST_SECONDS = 32_767;

    private Connections() {}

    static ConnectionSettings of(AgwSettings settings, List<BackendConfigPolicy.Spec> policies) {
        return of(settings, policies, false);
    }

    /// @param h2c whether the backend is known to speak HTTP/2 in plain text; a policy may still say otherwise
    static ConnectionSettings of(AgwSettings settings, List<BackendConfigPolicy.Spec> policies, boolean h2c) {
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
                keepAlive(policies),
                HeadLimits.RESPONSE,
                http2(policies, h2c));
    }

    private static ConnectionSettings.Http2 http2(List<BackendConfigPolicy.Spec> policies, boolean h2c) {
        Optional<BackendConfigPolicy.Http2ProtocolOptions> options = policies.stream()
                .flatMap(policy -> policy.http2ProtocolOptions().stream())
                .findFirst();
        ConnectionSettings.Http2 standard = ConnectionSettings.Http2.OFF;
        return new ConnectionSettings.Http2(
                use(http(policies).flatMap(BackendConfigPolicy.Http::h2UpgradePolicy), options.isPresent() || h2c),
                http(policies)
                        .flatMap(BackendConfigPolicy.Http::http2MaxRequests)
                        .orElse(standard.maxRequests()),
                options.flatMap(BackendConfigPolicy.Http2ProtocolOptions::maxConcurrentStreams)
                        .orElse(standard.maxStreams()),
                options.flatMap(BackendConfigPolicy.Http2ProtocolOptions::initialStreamWindowSize)
                        .orElse(standard.streamWindow()),
                options.flatMap(BackendConfigPolicy.Http2ProtocolOptions::initialConnectionWindowSize)
                        .orElse(standard.connectionWindow()));
    }

    /// Plain text offers nothing to choose from: there, HTTP/2 is spoken only to a backend that is known to do so, as
    /// it has options for it or says so itself.
    private static ConnectionSettings.Use use(Optional<BackendConfigPolicy.UpgradePolicy> policy, boolean known) {
        BackendConfigPolicy.UpgradePolicy said = policy.orElse(BackendConfigPolicy.UpgradePolicy.DEFAULT);
        return switch (said) {
            case DO_NOT_UPGRADE -> ConnectionSettings.Use.NEVER;
            case UPGRADE -> known ? ConnectionSettings.Use.PRIOR_KNOWLEDGE : ConnectionSettings.Use.NEGOTIATED;
            case DEFAULT -> known ? ConnectionSettings.Use.PRIOR_KNOWLEDGE : ConnectionSettings.Use.NEVER;
        };
    }

    /// How many retries to a backend may run at a time.
    static int maxRetries(List<BackendConfigPolicy.Spec> policies) {
        return http(policies).flatMap(BackendConfigPolicy.Http::maxRetries).orElse(Integer.MAX_VALUE);
    }

    private static Optional<ConnectionSettings.TcpKeepAlive> keepAlive(List<BackendConfigPolicy.Spec> policies) {
        return policies.stream()
                .flatMap(policy -> policy.tcpKeepalive().stream())
                .findFirst()
                .map(probes -> new ConnectionSettings.TcpKeepAlive(
                        seconds(probes.keepaliveTime()),
                        seconds(probes.keepaliveInterval()),
                        probes.keepaliveProbes().orElse(0)));
    }

    /// The system counts whole seconds; a fraction becomes the next one.
    private static int seconds(Optional<Duration> duration) {
        return duration.map(value -> Math.ceilDiv(value.toMillis(), 1000))
                .map(value -> Math.clamp(value, 0, MOST_SECONDS))
                .orElse(0);
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

    /// How names are remembered: the word of the parameters, else the defaults.
    static DnsCache.Settings names(ResourceSet resources) {
        DnsCache.Settings standard = DnsCache.Settings.DEFAULT;
        return Compiler.parameters(resources)
                .flatMap(spec -> spec.rawConfig().stream())
                .flatMap(raw -> raw.config().stream())
                .flatMap(config -> config.dns().stream())
                .findFirst()
                .map(dns -> new DnsCache.Settings(
                        dns.refreshRate().orElse(standard.ttl()),
                        standard.negativeTtl(),
                        standard.maxStale(),
                        dns.cacheMaxSize().orElse(standard.maxNames()),
                        dns.respectDnsTtl().orElse(standard.respectTtl())))
                .orElse(standard);
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
