package dev.agw.upstream;

import dev.agw.exchange.Lifeline;
import dev.agw.http.Headers;
import dev.agw.telemetry.Flood;
import dev.agw.telemetry.Housekeeping;
import dev.agw.upstream.UpstreamRequest.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A client with a clock that can be put forward, and a sweeper that enforces deadlines.
final class TestCaller implements AutoCloseable {
    static final Patience PATIENT = new Patience(
            Duration.ofSeconds(10).toNanos(), Duration.ofSeconds(10).toNanos());

    final AtomicInteger connected = new AtomicInteger();
    final AtomicInteger connectFailures = new AtomicInteger();
    final AtomicInteger resent = new AtomicInteger();
    final Queue<Flood> floods = new ConcurrentLinkedQueue<>();
    final Queue<String> transports = new ConcurrentLinkedQueue<>();
    final Housekeeping housekeeping = new Housekeeping();
    private final AtomicLong ahead = new AtomicLong();
    private final Queue<Lifeline> lifelines = new ConcurrentLinkedQueue<>();
    private final UpstreamClient client;
    private volatile boolean closed;

    TestCaller() {
        this(Resolver.SYSTEM);
    }

    TestCaller(Resolver resolver) {
        DnsCache dns = new DnsCache(resolver, DnsCache.Settings.DEFAULT, this::now);
        client = new UpstreamClient(dns, observer(), this::now, housekeeping);
        Thread.ofVirtual().start(this::sweepLifelines);
    }

    UpstreamClient client() {
        return client;
    }

    long now() {
        return System.nanoTime() + ahead.get();
    }

    /// Puts the clock forward and lets the client look at it.
    void later(Duration time) {
        ahead.addAndGet(time.toNanos());
        client.sweep(now());
    }

    /// A lifeline whose deadlines are enforced.
    Lifeline lifeline() {
        Lifeline lifeline = new Lifeline(System.nanoTime());
        lifelines.add(lifeline);
        return lifeline;
    }

    static Origin origin(int port) {
        return origin("127.0.0.1", port, ConnectionSettings.DEFAULT);
    }

    static Origin origin(String host, int port, ConnectionSettings settings) {
        return new Origin(host, port, Optional.empty(), settings);
    }

    static ConnectionSettings pool(ConnectionSettings.Pool bounds) {
        return new ConnectionSettings(
                ConnectionSettings.Timeouts.DEFAULT, bounds, Optional.empty(), ConnectionSettings.DEFAULT.answers());
    }

    static ConnectionSettings connectTimeout(Duration connect) {
        return new ConnectionSettings(
                new ConnectionSettings.Timeouts(connect, connect),
                ConnectionSettings.Pool.DEFAULT,
                Optional.empty(),
                ConnectionSettings.DEFAULT.answers());
    }

    static UpstreamRequest get(String target) {
        return request("GET", target, Payload.NONE);
    }

    static UpstreamRequest request(String method, String target, Payload payload) {
        return new UpstreamRequest(method, target, Headers.of("Host", "backend"), payload, PATIENT);
    }

    UpstreamResponse call(Origin origin, UpstreamRequest request) {
        return client.call(origin, request, lifeline());
    }

    /// The status and the whole body.
    String fetch(Origin origin, UpstreamRequest request) throws IOException {
        try (UpstreamResponse response = call(origin, request)) {
            return response.status() + " " + text(response);
        }
    }

    static String text(UpstreamResponse response) throws IOException {
        return new String(response.body().readAll(1 << 20), StandardCharsets.ISO_8859_1);
    }

    List<UpstreamClient.PoolState> pools() {
        return client.pools();
    }

    private void sweepLifelines() {
        while (!closed) {
            lifelines.forEach(lifeline -> lifeline.sweep(System.nanoTime()));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private UpstreamObserver observer() {
        return new UpstreamObserver() {
            @Override
            public void connected(String transport, long nanos) {
                connected.incrementAndGet();
                transports.add(transport);
            }

            @Override
            public void connectFailed(String transport) {
                connectFailures.incrementAndGet();
            }

            @Override
            public void resent() {
                resent.incrementAndGet();
            }

            @Override
            public void flooded(Flood kind) {
                floods.add(kind);
            }
        };
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
