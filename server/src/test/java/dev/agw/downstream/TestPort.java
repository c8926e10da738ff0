package dev.agw.downstream;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.ListenerRef;
import dev.agw.exchange.Reply;
import dev.agw.exchange.Request;
import dev.agw.http.HeadLimits;
import dev.agw.http.Headers;
import dev.agw.telemetry.Chore;
import dev.agw.telemetry.Flood;
import dev.agw.telemetry.HandshakeFailure;
import dev.agw.telemetry.Housekeeping;
import dev.agw.telemetry.Limit;
import dev.agw.testing.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// A port in front of a handler, with what the handler mostly does: read the body, answer with text.
final class TestPort implements AutoCloseable {
    static final ConnectionLimits LIMITS = new ConnectionLimits(
            100,
            HeadLimits.REQUEST,
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            1000);

    /// Answers with what it was asked.
    static final Handler ECHO = (request, reply, lifeline) -> text(
            reply,
            200,
            request.method() + " " + request.target() + " " + request.authority() + " [" + body(request) + "]");

    final Listeners listeners;
    final Port port;
    final AtomicInteger received = new AtomicInteger();
    final AtomicInteger misintroduced = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    final List<Limit> limits = new CopyOnWriteArrayList<>();
    final CountDownLatch acceptFailed = new CountDownLatch(1);
    final Queue<Flood> floods = new ConcurrentLinkedQueue<>();
    final Queue<HandshakeFailure> handshakeFailures = new ConcurrentLinkedQueue<>();
    volatile Runnable onRefusal = () -> {};

    interface Handler {
        void handle(Request request, Reply reply, Lifeline lifeline) throws IOException;
    }

    TestPort(Handler handler) throws IOException {
        this(LIMITS, handler);
    }

    TestPort(ConnectionLimits limits, Handler handler) throws IOException {
        this(limits, ProxyProtocol.NONE, () -> false, handler);
    }

    TestPort(ConnectionLimits limits, ProxyProtocol proxyProtocol, Handler handler) throws IOException {
        this(limits, proxyProtocol, () -> false, handler);
    }

    TestPort(ConnectionLimits limits, BooleanSupplier memoryIsShort, Handler handler) throws IOException {
        this(limits, ProxyProtocol.NONE, memoryIsShort, handler);
    }

    private TestPort(
            ConnectionLimits limits, ProxyProtocol proxyProtocol, BooleanSupplier memoryIsShort, Handler handler)
            throws IOException {
        this(
                new Listeners(limits, proxyProtocol, memoryIsShort, new Housekeeping()),
                Optional.empty(),
                new Answering(handler));
    }

    /// One that speaks TLS.
    TestPort(ConnectionLimits limits, TlsListener secure, RequestHandler handler) throws IOException {
        this(
                new Listeners(limits),
                Optional.of(new TlsListeners("https", Duration.ofSeconds(20), List.of(secure))),
                handler);
    }

    private TestPort(Listeners listeners, Optional<TlsListeners> security, RequestHandler handler) throws IOException {
        this.listeners = listeners;
        this.port = listeners.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handler, new Counting(), () -> security);
    }

    static RequestHandler answering(Handler handler) {
        return new Answering(handler);
    }

    RawClient connect() throws IOException {
        return new RawClient(port.number());
    }

    static void text(Reply reply, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        reply.head(status, Headers.of("Content-Type", "text/plain"), bytes.length);
        reply.write(bytes, 0, bytes.length);
        reply.end();
    }

    static void write(Reply reply, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        reply.write(bytes, 0, bytes.length);
    }

    static String body(Request request) throws IOException {
        return new String(request.body().readAll(1 << 20), StandardCharsets.UTF_8);
    }

    /// How often something failed that belongs to no connection's own thread.
    long failures(Chore chore) {
        return listeners.housekeeping().failures(chore);
    }

    /// Waits for another thread.
    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("not within 10 s");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        listeners.close();
    }

    private record Answering(Handler handler) implements RequestHandler {
        @Override
        public void handle(Request request, Reply reply, Lifeline lifeline) {
            try {
                handler.handle(request, reply, lifeline);
            } catch (ExchangeException e) {
                text(reply, e.failure().status(), e.failure().message());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void refuse(Failure failure, Reply reply) {
            text(reply, failure.status(), failure.message());
        }
    }

    private final class Counting implements Meter {
        @Override
        public void opened() {}

        @Override
        public void closed() {}

        @Override
        public void refused(Limit limit) {
            refused.incrementAndGet();
            limits.add(limit);
            onRefusal.run();
        }

        @Override
        public void acceptFailed() {
            acceptFailed.countDown();
        }

        @Override
        public void introductionRefused() {
            misintroduced.incrementAndGet();
        }

        @Override
        public void flooded(Flood kind) {
            floods.add(kind);
        }

        @Override
        public void handshakeFailed(ListenerRef listener, HandshakeFailure cause) {
            handshakeFailures.add(cause);
        }

        @Override
        public int received(int bytes) {
            received.addAndGet(Math.max(0, bytes));
            return bytes;
        }

        @Override
        public void sent(int bytes) {}
    }
}
