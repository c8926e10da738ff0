package dev.agw.downstream;

import dev.agw.http.HeadLimits;
import java.time.Duration;

/// What a client's connection may cost.
///
/// @param connections most open connections of all ports together; further ones are closed at once
/// @param head bounds of a request head
/// @param idle longest wait for the next request on a kept-alive connection
/// @param headTimeout longest time from the first byte of a request to the end of its head
/// @param bodyTimeout longest time for a whole request body, from the first wait for it; zero is none
/// @param writeTimeout longest time that a client may take nothing of what is sent to it; zero is none
/// @param requests most requests on one connection; then it is closed
/// @param suspicion what clients may not do that hold connections and send little
/// @param http2 what an HTTP/2 connection may have at a time
/// @param answersHalfClosed whether a client of HTTP/1 that sends no more is still answered, and not taken to have left
public record ConnectionLimits(
        int connections,
        HeadLimits head,
        Duration idle,
        Duration headTimeout,
        Duration bodyTimeout,
        Duration writeTimeout,
        int requests,
        Suspicion suspicion,
        Http2 http2,
        boolean answersHalfClosed) {
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(
            10_000,
            HeadLimits.REQUEST,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            100_000);

    /// Bounds that only an attack or a broken client reaches.
    ///
    /// @param perClient most open connections of one client: an IPv4 address or an IPv6 network of 64 bits
    /// @param firstByte longest wait for the first byte of a new connection
    /// @param bodyRate least bytes per second of a body that is waited for; 0 is none
    /// @param bodyGrace time that a body may be waited for in any case
    /// @param unfinished most bytes of heads, frames, greetings and records that have begun and not ended, of all
    ///     connections
    public record Suspicion(int perClient, Duration firstByte, int bodyRate, Duration bodyGrace, long unfinished) {
        public static final Suspicion DEFAULT =
                new Suspicion(10_000, Duration.ofSeconds(30), 240, Duration.ofSeconds(5));

        public Suspicion(int perClient, Duration firstByte, int bodyRate, Duration bodyGrace) {
            this(perClient, firstByte, bodyRate, bodyGrace, UNFINISHED);
        }

        /// Nanoseconds that a body may have been waited for, once so many bytes of it came; 0 is no bound.
        long patience(long received) {
            return bodyRate == 0 ? 0 : bodyGrace.toNanos() + received * NANOS / bodyRate;
        }
    }

    /// What one HTTP/2 connection may have at a time.
    ///
    /// @param streams more are refused one by one
    /// @param streamWindow unread body bytes of a stream
    /// @param connectionWindow unread body bytes of all streams; 65,535 at least (RFC 9113 §6.9.2)
    public record Http2(int streams, int streamWindow, int connectionWindow) {
        public static final Http2 DEFAULT = new Http2(128, 65_535, 1 << 20);

        /// Threads: streams that their client gave up count until what they began has ended.
        int running() {
            return 2 * streams;
        }
    }

    private static final long NANOS = 1_000_000_000;
    private static final long UNFINISHED = 64 << 20;

    public ConnectionLimits(
            int connections,
            HeadLimits head,
            Duration idle,
            Duration headTimeout,
            Duration bodyTimeout,
            Duration writeTimeout,
            int requests) {
        this(
                connections,
                head,
                idle,
                headTimeout,
                bodyTimeout,
                writeTimeout,
                requests,
                Suspicion.DEFAULT,
                Http2.DEFAULT);
    }

    public ConnectionLimits(
            int connections,
            HeadLimits head,
            Duration idle,
            Duration headTimeout,
            Duration bodyTimeout,
            Duration writeTimeout,
            int requests,
            Suspicion suspicion,
            Http2 http2) {
        this(connections, head, idle, headTimeout, bodyTimeout, writeTimeout, requests, suspicion, http2, false);
    }

    /// Longest wait for the first request of a connection.
    Duration untilFirst() {
        return suspicion.firstByte().compareTo(idle) < 0 ? suspicion.firstByte() : idle;
    }
}
