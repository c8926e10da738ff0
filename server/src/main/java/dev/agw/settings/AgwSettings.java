package dev.agw.settings;

import dev.agw.schema.Allowed;
import dev.agw.schema.Doc;
import dev.agw.schema.InvalidValueException;
import dev.agw.schema.Range;
import java.time.Duration;
import java.util.Optional;

/// What is of the process and not of the traffic: `conf/agw.yaml`. Every field has a default, so an empty file will
/// do.
@Doc("Settings of the process: where it listens for its operators, its limits, and what it reports.")
public record AgwSettings(
        @Doc("Where the manifests are.") Resources resources,

        @Doc("Port for operators: state, configuration, log level.")
        Admin admin,

        @Doc("Metrics.") Metrics metrics,
        @Doc("Readiness.") Readiness readiness,
        @Doc("How the process ends.") Shutdown shutdown,
        @Doc("Who clients are.") Clients clients,
        @Doc("What clients may ask for.") Limits limits,
        @Doc("Calls of backends.") Upstream upstream,
        @Doc("Retries of failed calls.") Retry retry,
        @Doc("What is reported of the traffic.") Telemetry telemetry,
        @Doc("The log of the process.") Log log) {

    @Doc("Where the manifests are.")
    public record Resources(
            @Doc(
                    value = "File, or folder of *.yaml and *.json files; watched while agw runs.",
                    byDefault = "conf/resources")
            String path) {}

    @Doc("Port for operators: state, configuration, log level. It has no access control: keep it local.")
    public record Admin(
            @Doc(value = "Address to listen on.", byDefault = "127.0.0.1:15000")
            Address address) {}

    @Doc("Metrics.")
    public record Metrics(
            @Doc(value = "Address where /metrics is served.", byDefault = "0.0.0.0:15020")
            Address address,

            @Doc(
                    value = "Most series per family; what comes on top goes into one series named overflow.",
                    byDefault = "2000")
            @Range(min = 1, max = 1_000_000)
            int seriesCap) {}

    @Doc("Readiness.")
    public record Readiness(
            @Doc(value = "Address where /healthz/ready is served.", byDefault = "0.0.0.0:15021")
            Address address) {}

    @Doc("How the process ends when it is told to. Parameters among the manifests win over it.")
    public record Shutdown(
            @Doc(
                    value = "Time that connections are still accepted, while clients are told to go.",
                    unit = "seconds",
                    byDefault = "10s")
            Duration min,

            @Doc(value = "Time after which what still runs is cut.", unit = "seconds", byDefault = "60s")
            Duration max) {
        public Shutdown {
            if (min.compareTo(max) > 0) {
                throw new InvalidValueException("expected a min that is at most max");
            }
        }
    }

    @Doc("Who clients are, where proxies stand between them and agw.")
    public record Clients(
            @Doc(
                    value =
                            "Addresses of the proxies in front that are believed, with commas between: 10.0.0.0/8, fd00::/8."
                                    + " What others say in X-Forwarded-* and Forwarded is dropped.",
                    byDefault = "none")
            ProxyNetworks trustedProxies,

            @Doc(
                    value =
                            "Whether connections begin with a PROXY protocol header, version 1 or 2: trusted proxies may send"
                                    + " one (optional), or everybody must (required), which only trusted proxies can.",
                    byDefault = "off")
            ProxyProtocol proxyProtocol,

            @Doc(
                    value =
                            "What it means that an HTTP/1 client ends its half of a connection before it is answered: that it"
                                    + " left, so its request is cut (cancel), or that it reads on (answer); then a client"
                                    + " that leaves is noticed only when it cannot be written to, and its calls of models go on until then.",
                    byDefault = "cancel")
            HalfClose halfClose) {
        public Clients {
            if (proxyProtocol != ProxyProtocol.off
                    && trustedProxies.proxies().networks().isEmpty()) {
                throw new InvalidValueException("expected trustedProxies beside proxyProtocol " + proxyProtocol
                        + ": who may say whom a connection is for");
            }
        }
    }

    /// What the end of a client's half means.
    public enum HalfClose {
        cancel,
        answer
    }

    /// Who sends headers of the PROXY protocol.
    public enum ProxyProtocol {
        off,
        optional,
        required
    }

    @Doc("What clients may ask for. What is above is refused with a status that says so.")
    public record Limits(
            @Doc(value = "Most connections of clients at a time; 0 is no limit.", byDefault = "50000")
            int maxConnections,

            @Doc(
                    value = "Most connections of one client, an IPv4 address or an IPv6 /64, at a time; 0 is no limit.",
                    byDefault = "10000")
            int maxConnectionsPerClient,

            @Doc(
                    value = "Most requests that are served at a time, streams included; 0 is no limit.",
                    byDefault = "50000")
            int maxRequests,

            @Doc(
                    value = "Most requests of one HTTPRoute that are served at a time; 0 is no limit.",
                    byDefault = "20000")
            int maxRequestsPerRoute,

            @Doc(value = "Most requests that wait for one of these two limits.", byDefault = "1000")
            int maxQueuedRequests,

            @Doc(value = "Time a request may wait for one of them.", byDefault = "2s")
            Duration queueTimeout,

            @Doc(
                    value = "Use of the heap by what lasts, above which new requests are refused; 100 is never.",
                    unit = "percent",
                    byDefault = "85")
            @Range(min = 65, max = 100)
            int heapForRequests,

            @Doc(
                    value = "Use of the heap by what lasts, above which new connections are closed; 100 is never.",
                    unit = "percent",
                    byDefault = "95")
            @Range(min = 65, max = 100)
            int heapForConnections,

            @Doc(
                    value = "Share of the heap for bodies that have to be read whole, those of all requests together.",
                    unit = "percent",
                    byDefault = "25")
            @Range(min = 1, max = 100)
            int heapForBodies,

            @Doc(
                    value = "Share of the heap for what clients have begun to send and not ended: heads of requests,"
                            + " frames of HTTP/2, greetings and records of TLS, those of all connections together.",
                    unit = "percent",
                    byDefault = "10")
            @Range(min = 1, max = 100)
            int heapForHeads,

            @Doc(value = "Most bytes of a request's header fields.", unit = "bytes", byDefault = "16KiB")
            @Range(min = 1_024, max = 16 << 20)
            int headerBytes,

            @Doc(value = "Most header fields of a request.", byDefault = "100") @Range(min = 1, max = 100_000)
            int headerCount,

            @Doc(value = "Most bytes of a request's target.", unit = "bytes", byDefault = "8KiB")
            @Range(min = 256, max = 1 << 20)
            int uriBytes,

            @Doc(
                    value = "Most bytes of a body that has to be read whole, as those for models are.",
                    unit = "bytes",
                    byDefault = "10MiB")
            @Range(min = 1_024, max = 1 << 30)
            int bodyBytes,

            @Doc(value = "How deep the JSON of a request for models may be nested.", byDefault = "64")
            @Range(min = 4, max = 1_000)
            int jsonDepth,

            @Doc(value = "Time until the first byte of a new connection.", byDefault = "30s")
            Duration firstByteTimeout,

            @Doc(value = "Time for the head of a request, from its first byte.", byDefault = "10s")
            Duration headerTimeout,

            @Doc(value = "Time for the whole body of a request; 0s is none.", byDefault = "60s")
            Duration bodyTimeout,

            @Doc(
                    value = "Least pace of a body while it is waited for, in bytes per second; 0 is none.",
                    unit = "bytes",
                    byDefault = "240")
            @Range(max = 1 << 30)
            int bodyRate,

            @Doc(value = "Time a body may be waited for before its pace counts.", byDefault = "5s")
            Duration bodyGrace,

            @Doc(value = "Time a connection may wait for its next request.", byDefault = "60s")
            Duration idleTimeout,

            @Doc(value = "Time a client may take nothing of what is sent to it; 0s is none.", byDefault = "30s")
            Duration writeTimeout,

            @Doc(
                    value =
                            "Time a WebSocket, or another connection after an upgrade, may be silent both ways; 0s is none.",
                    byDefault = "1h")
            Duration tunnelIdleTimeout,

            @Doc(value = "Time for a TLS handshake.", byDefault = "10s")
            Duration handshakeTimeout,

            @Doc(value = "Most streams of an HTTP/2 connection at a time; further ones are refused.", byDefault = "128")
            @Range(min = 1, max = 10_000)
            int http2Streams,

            @Doc(
                    value = "Most bytes of a request's body that an HTTP/2 client may send ahead, per stream.",
                    unit = "bytes",
                    byDefault = "65535")
            @Range(min = 1_024, max = 16 << 20)
            int http2StreamWindow,

            @Doc(value = "The same for all streams of a connection together.", unit = "bytes", byDefault = "1MiB")
            @Range(min = 65_535, max = 1 << 30)
            int http2ConnectionWindow) {}

    @Doc("Calls of backends, where routes and policies say nothing else.")
    public record Upstream(
            @Doc(value = "Time to make a connection.", byDefault = "5s")
            Duration connectTimeout,

            @Doc(value = "Time from the call to the first byte of its answer; 0s is none.", byDefault = "120s")
            Duration firstByteTimeout,

            @Doc(
                    value =
                            "Time between two events of a stream, and for a backend to take a piece of what is sent to it; 0s is none.",
                    byDefault = "120s")
            Duration streamIdleTimeout,

            @Doc(value = "Time from the arrival of a request to the end of its answer; 0s is none.", byDefault = "0s")
            Duration totalTimeout,

            @Doc(value = "Most idle connections that are kept per host.", byDefault = "256")
            int maxIdlePerHost,

            @Doc(
                    value =
                            "Time an idle connection is kept; less than servers usually do, so that they don't close it first.",
                    byDefault = "60s")
            Duration idleTimeout,

            @Doc(
                    value =
                            "Time after which a connection takes no more requests, so that changes of DNS are followed; 0s is none.",
                    byDefault = "10m")
            Duration maxLifetime) {}

    @Doc("Retries of failed calls. The budget keeps them from multiplying the load of a backend that fails.")
    public record Retry(
            @Doc(
                    value = "Retries allowed, as a share of the requests of the last seconds.",
                    unit = "percent",
                    byDefault = "20")
            @Range(max = 100)
            int budgetPercent,

            @Doc(value = "Retries allowed per second in any case.", byDefault = "10")
            int budgetMinPerSecond) {}

    @Doc("What is reported of the traffic.")
    public record Telemetry(
            @Doc("One line of JSON per request.") AccessLog accessLog,
            @Doc("Traces.") Otlp otlp,

            @Doc(
                    value = "Whether answers carry fields that tell their reason and the time agw took.",
                    byDefault = "true")
            boolean responseHeaders) {}

    @Doc("One line of JSON per request.")
    public record AccessLog(
            @Doc(value = "Whether it is written.", byDefault = "true")
            boolean enabled) {}

    @Doc("Traces, sent by the OpenTelemetry protocol.")
    public record Otlp(
            @Doc("URL of the collector, for example http://localhost:4318. Absent: no traces are sent.")
            Optional<String> endpoint,

            @Doc(value = "How it is spoken to.", byDefault = "http/protobuf") @Allowed("http/protobuf")
            String protocol,

            @Doc(
                    value = "Share of the requests without a trace of their own that get one, from 0 to 1.",
                    byDefault = "0.1")
            double samplingRatio) {
        public Otlp {
            if (samplingRatio < 0 || samplingRatio > 1) {
                throw new InvalidValueException("expected a samplingRatio from 0 to 1, found " + samplingRatio);
            }
        }
    }

    @Doc("The log of the process.")
    public record Log(
            @Doc(value = "How a line looks.", byDefault = "text")
            LogFormat format,

            @Doc(value = "From which level on is written.", byDefault = "info")
            LogLevel level) {}

    /// How a line of a log looks.
    public enum LogFormat {
        json,
        text
    }

    /// How much is written to a log.
    public enum LogLevel {
        error,
        warning,
        info,
        debug,
        trace
    }
}
