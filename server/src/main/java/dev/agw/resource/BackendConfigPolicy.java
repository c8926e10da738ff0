package dev.agw.resource;

import dev.agw.schema.Doc;
import dev.agw.schema.Key;
import dev.agw.schema.Range;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `BackendConfigPolicy` of gateway.kgateway.dev/v1alpha1.
@Doc("How the connections to a backend are made and kept, and when an endpoint is left out.")
public record BackendConfigPolicy(
        @Doc("Name, namespace and labels.") Metadata metadata,
        @Doc("What is wanted.") Spec spec) implements Resource {

    @Doc("What the policy applies to, and its parts.")
    public record Spec(
            @Doc("Backends and Services the policy applies to.")
            List<TargetRef> targetRefs,

            @Doc("Time to make a connection; wins over that of connectionPool.tcp.")
            Optional<Duration> connectTimeout,

            @Doc("Limits of the connections.") Optional<ConnectionPool> connectionPool,

            @Doc("When an endpoint that fails is left out.") Optional<OutlierDetection> outlierDetection,

            @Doc("HTTP/2 to the backend: over TLS where it agrees, in plain text always.")
            Optional<Http2ProtocolOptions> http2ProtocolOptions,

            @Doc("Probes of silent connections by the system.")
            Optional<TcpKeepalive> tcpKeepalive,

            @Doc(value = "How requests are spread over endpoints.", inEffect = false)
            Optional<TrafficPolicy.LoadBalancer> loadBalancer,

            @Doc(value = "Probes that keep dead endpoints out.", inEffect = false)
            Optional<HealthCheck> healthCheck,

            @Doc("Encryption of the connections; that of the Backend wins.")
            Optional<BackendTls> tls) {

        /// The time to make a connection, wherever it was written.
        public Optional<Duration> timeToConnect() {
            return connectTimeout.or(
                    () -> connectionPool.flatMap(ConnectionPool::tcp).flatMap(Tcp::connectTimeout));
        }
    }

    @Doc("Limits of the connections to each endpoint.")
    public record ConnectionPool(
            @Doc("Connections.") Optional<Tcp> tcp,
            @Doc("Requests.") Optional<Http> http) {}

    @Doc("Connections.")
    public record Tcp(
            @Doc("Most connections to an endpoint, for HTTP/1, HTTP/2 and TLSRoutes each. Absent: 20000.")
            @Range(min = 1)
            Optional<Integer> maxConnections,

            @Doc("Time to make a connection.") Optional<Duration> connectTimeout) {}

    @Doc("Requests on the connections.")
    public record Http(
            @Doc(
                    "UPGRADE uses HTTP/2 where the backend offers it, which takes TLS; DO_NOT_UPGRADE never does. Absent: as"
                            + " http2ProtocolOptions has it.")
            Optional<UpgradePolicy> h2UpgradePolicy,

            @Doc(
                    "Most requests that wait for a connection to an endpoint over HTTP/1; further ones get 503. Connections"
                            + " of TLSRoutes wait alike; further ones are closed. Absent: 1024.")
            @Range(min = 0)
            Optional<Integer> http1MaxPendingRequests,

            @Doc("Most requests at a time to an endpoint over HTTP/2; further ones get 503. Absent: 1024.")
            @Range(min = 1)
            Optional<Integer> http2MaxRequests,

            @Doc("Requests after which a connection is closed. Absent or 0: no limit.")
            Optional<Integer> maxRequestsPerConnection,

            @Doc("Most retries to the backend at a time, those of all requests together. Absent: no limit.")
            @Range(min = 0)
            Optional<Integer> maxRetries) {}

    /// Whether HTTP/2 is used.
    public enum UpgradePolicy {
        UPGRADE,
        DO_NOT_UPGRADE,
        DEFAULT
    }

    @Doc("When an endpoint that fails is left out for a while.")
    public record OutlierDetection(
            @Doc(
                    value = "Failures in a row, answers of 5xx among them, after which an endpoint is left out.",
                    byDefault = "5")
            @Range(min = 1)
            int consecutive5xxErrors,

            @Doc(value = "Time between two looks at the endpoints that were left out.", byDefault = "10s")
            Duration interval,

            @Doc(value = "Time an endpoint is left out at first; each time it is one more of it.", byDefault = "30s")
            Duration baseEjectionTime,

            @Doc(value = "Share of the endpoints that may be left out at a time.", unit = "percent", byDefault = "50")
            @Range(max = 100)
            int maxEjectionPercent,

            @Doc(
                    value = "Whether failed connections are counted apart from answers of 5xx.",
                    byDefault = "false",
                    inEffect = false)
            boolean splitExternalLocalOriginErrors) {}

    @Doc("HTTP/2 to the backend.")
    public record Http2ProtocolOptions(
            @Doc("Most streams on a connection; beyond them, another one is made. Absent: what the backend allows.")
            @Range(min = 1)
            Optional<Integer> maxConcurrentStreams,

            @Doc(value = "Bytes the backend may send ahead on a stream. Absent: 65536.", unit = "bytes")
            @Range(min = 65_535)
            Optional<Integer> initialStreamWindowSize,

            @Doc(value = "Bytes the backend may send ahead on a connection. Absent: 1048576.", unit = "bytes")
            @Range(min = 65_535)
            Optional<Integer> initialConnectionWindowSize) {}

    @Doc("Probes of silent connections by the system. What is absent is left to the system.")
    public record TcpKeepalive(
            @Doc("Silence before the first probe.") @Key({"keepaliveTime", "keepAliveTime"})
            Optional<Duration> keepaliveTime,

            @Doc("Time between two probes.") @Key({"keepaliveInterval", "keepAliveInterval"})
            Optional<Duration> keepaliveInterval,

            @Doc("Probes without an answer after which the connection is closed.")
            @Key({"keepaliveProbes", "keepAliveProbes"})
            @Range(min = 1)
            Optional<Integer> keepaliveProbes) {}
}
