package dev.agw.upstream;

import dev.agw.http.HeadLimits;
import java.time.Duration;
import java.util.Optional;

/// How connections to an origin are made, kept and bounded.
///
/// @param timeouts of making a connection
/// @param pool bounds of keeping connections
/// @param keepAlive probes of silent connections; empty leaves the numbers to the operating system
/// @param answers bounds of response heads; beyond: 502
/// @param http2 whether HTTP/2 is spoken, and how
public record ConnectionSettings(
        Timeouts timeouts, Pool pool, Optional<TcpKeepAlive> keepAlive, HeadLimits answers, Http2 http2) {
    /// What holds where nothing is configured.
    public static final ConnectionSettings DEFAULT =
            new ConnectionSettings(Timeouts.DEFAULT, Pool.DEFAULT, Optional.empty(), HeadLimits.RESPONSE);

    /// HTTP/1.1 only.
    public ConnectionSettings(Timeouts timeouts, Pool pool, Optional<TcpKeepAlive> keepAlive, HeadLimits answers) {
        this(timeouts, pool, keepAlive, answers, Http2.OFF);
    }

    /// How long making a connection may take.
    ///
    /// @param connect finding the address and connecting, over all addresses that are tried
    /// @param handshake the TLS handshake behind it
    public record Timeouts(Duration connect, Duration handshake) {
        /// 5 s each.
        public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    /// Bounds of a pool.
    ///
    /// @param maxConnections most connections at once, busy and idle
    /// @param maxIdle most connections kept while nobody uses them
    /// @param maxPending most requests that wait for a connection; further ones are refused. They wait for as
    ///     long as connecting may take
    /// @param maxRequests most requests on one connection; 0 for no bound
    /// @param idleTimeout how long a connection is kept unused
    /// @param maxLifetime how long a connection is used at all, so that load follows a change of addresses
    public record Pool(
            int maxConnections,
            int maxIdle,
            int maxPending,
            int maxRequests,
            Duration idleTimeout,
            Duration maxLifetime) {
        /// 20,000 connections (the ports towards one address end near 28,000), 512 idle, 1,024 waiting, 60 s, 10
        /// min.
        public static final Pool DEFAULT =
                new Pool(20_000, 512, 1024, 0, Duration.ofSeconds(60), Duration.ofMinutes(10));
    }

    /// TCP keep-alive, in whole seconds. What is 0 is left to the operating system.
    ///
    /// @param time silence before the first probe
    /// @param interval between probes
    /// @param probes unanswered ones that end the connection
    public record TcpKeepAlive(int time, int interval, int probes) {}

    /// HTTP/2.
    ///
    /// @param use when it is spoken
    /// @param maxRequests most requests at a time over all connections; further ones are refused
    /// @param maxStreams most requests at a time on a connection, if the backend allows as many
    /// @param streamWindow bytes of an answer that may come before they are read
    /// @param connectionWindow bytes that may be under way on a connection
    public record Http2(Use use, int maxRequests, int maxStreams, int streamWindow, int connectionWindow) {
        /// Not spoken.
        public static final Http2 OFF = new Http2(Use.NEVER, 1024, Integer.MAX_VALUE, 64 * 1024, 1024 * 1024);
    }

    /// When HTTP/2 is spoken.
    public enum Use {
        NEVER,
        /// Where the backend chooses it by ALPN; never in plain text.
        NEGOTIATED,
        /// Where the backend chooses it by ALPN, and always in plain text.
        PRIOR_KNOWLEDGE
    }
}
