package dev.agw.upstream;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Lifeline.Cut;
import dev.agw.net.Transport;
import dev.agw.telemetry.Chore;
import dev.agw.telemetry.Housekeeping;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/*
 * One thread connects at a time, and the others wait for what it brings: a burst of requests to a new backend makes one
 * connection, not one each. A further one is made when all streams of the others are taken.
 */
/// The HTTP/2 connections to one origin.
final class Http2Pool {
    private static final List<String> PROTOCOLS = List.of("h2", "http/1.1");
    private static final int MOST_RESENDS = 3;
    private static final Duration SHORTLY = Duration.ofSeconds(1);
    private static final Duration HTTP1_FOR = Duration.ofMinutes(10);

    private final Origin origin;
    private final ConnectionSettings settings;
    private final Connector connector;
    private final UpstreamObserver observer;
    private final LongSupplier clock;
    private final Housekeeping housekeeping;
    private final AtomicInteger running = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Http2Connection> connections = new ArrayList<>();
    private boolean connecting;
    private int waiting;
    private volatile boolean http1;
    private volatile boolean retired;
    private volatile long http1Since;
    private volatile long usedAt;

    Http2Pool(
            Origin origin,
            Connector connector,
            UpstreamObserver observer,
            LongSupplier clock,
            Housekeeping housekeeping) {
        this.origin = origin;
        this.settings = origin.connections();
        this.connector = connector;
        this.observer = observer;
        this.clock = clock;
        this.housekeeping = housekeeping;
        this.usedAt = clock.getAsLong();
    }

    /// Sends a request and waits for the head of the answer; empty if the backend chose HTTP/1.1.
    ///
    /// A request that the backend has not begun with (it goes away, or refuses the stream) is sent again, if
    /// its body is in memory.
    Optional<UpstreamResponse> call(UpstreamRequest request, Lifeline lifeline) {
        if (http1) {
            return Optional.empty();
        }
        if (running.incrementAndGet() > settings.http2().maxRequests()) {
            running.decrementAndGet();
            throw new ExchangeException(
                    new Failure.Overloaded("too many requests to " + origin.authority() + " are under way", SHORTLY));
        }
        Optional<UpstreamResponse> response = Optional.empty();
        try {
            response = sent(request, lifeline);
            return response;
        } finally {
            if (response.isEmpty()) {
                running.decrementAndGet();
            }
        }
    }

    private Optional<UpstreamResponse> sent(UpstreamRequest request, Lifeline lifeline) {
        for (int resends = 0; resends <= MOST_RESENDS; resends++) {
            Optional<Http2Connection> connection = connection(lifeline);
            if (connection.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                        new Http2Call(origin, request, connection.get(), lifeline).response(running::decrementAndGet));
            } catch (StaleConnectionException unprocessed) {
                if (resends < MOST_RESENDS) {
                    observer.resent();
                }
            }
        }
        throw new ExchangeException(
                Failure.UpstreamFailure.unreachable(origin.authority() + " refuses requests over HTTP/2"));
    }

    /// A connection with room reserved for a stream; empty if the backend speaks HTTP/1.1.
    private Optional<Http2Connection> connection(Lifeline lifeline) {
        usedAt = clock.getAsLong();
        while (!http1) {
            Optional<Http2Connection> found = reserved(lifeline);
            if (found.isPresent()) {
                return found;
            }
            connect(lifeline);
        }
        return Optional.empty();
    }

    /// A connection that has room, waited for if need be; empty if the caller is to make one.
    private Optional<Http2Connection> reserved(Lifeline lifeline) {
        boolean announced = false;
        lock.lock();
        try {
            while (true) {
                connections.removeIf(Http2Connection::closed);
                for (Http2Connection connection : connections) {
                    if (connection.reserve()) {
                        return Optional.of(connection);
                    }
                }
                if (http1 || mayConnect()) {
                    connecting = true;
                    return Optional.empty();
                }
                if (!announced) {
                    announced = true;
                    announce(lifeline);
                }
                await(lifeline);
            }
        } finally {
            lock.unlock();
            if (announced) {
                lifeline.resume();
                lifeline.onCut(null);
            }
        }
    }

    private boolean mayConnect() {
        return !connecting && !full() && !refused();
    }

    private boolean full() {
        return connections.stream().filter(Http2Connection::counts).count()
                >= settings.pool().maxConnections();
    }

    /// Whether the backend takes nothing now: another connection would be told the same.
    private boolean refused() {
        return connections.stream().filter(Http2Connection::stays).anyMatch(Http2Connection::takesNothing);
    }

    private void announce(Lifeline lifeline) {
        lifeline.waiting(settings.timeouts().connect().toNanos(), Cut.CONNECT_TIMEOUT);
        lifeline.onCut(this::wake);
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's, which looks for room again
    private void await(Lifeline lifeline) {
        if (lifeline.cut() == null) {
            waiting++;
            changed.awaitUninterruptibly();
            waiting--;
        }
        Cut cut = lifeline.cut();
        if (cut == Cut.CONNECT_TIMEOUT && !connections.isEmpty()) {
            throw new ExchangeException(noTurn(lifeline));
        }
        if (cut != null) {
            throw new ExchangeException(Failures.cut(cut, origin.authority()));
        }
    }

    /// The end of a wait for a stream.
    private Failure noTurn(Lifeline lifeline) {
        if (full() && !refused()) {
            return Failures.noTurn(lifeline, origin.authority());
        }
        lifeline.mend(); // another backend may take it
        return Failure.UpstreamFailure.unreachable(origin.authority() + " takes no more requests over HTTP/2");
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void connect(Lifeline lifeline) {
        try {
            if (http1) {
                return;
            }
            Connector.Opened opened = connector.open(lifeline, PROTOCOLS);
            if (origin.tls().isPresent() && !opened.protocol().equals("h2")) {
                opened.transport().close();
                http1Since = clock.getAsLong();
                http1 = true;
                return;
            }
            Http2Connection connection =
                    new Http2Connection(opened.transport(), settings, clock.getAsLong(), this::wake, observer);
            start(connection, opened.transport(), lifeline);
            add(connection);
            if (retired) {
                connection.leave();
            }
        } finally {
            connected();
        }
    }

    private void start(Http2Connection connection, Transport transport, Lifeline lifeline) {
        boolean started = false;
        lifeline.waiting(settings.timeouts().handshake().toNanos(), Cut.CONNECT_TIMEOUT);
        lifeline.onCut(transport::close);
        try {
            connection.start();
            started = true;
        } catch (IOException e) {
            observer.connectFailed(origin.transport());
            Cut cut = lifeline.cut();
            throw new ExchangeException(
                    cut == null
                            ? Failure.UpstreamFailure.broken(origin.authority() + " does not speak HTTP/2")
                            : Failures.cut(cut, origin.authority()));
        } finally {
            lifeline.resume();
            lifeline.onCut(null);
            if (!started) {
                transport.close();
            }
        }
    }

    private void add(Http2Connection connection) {
        lock.lock();
        try {
            connections.add(connection);
        } finally {
            lock.unlock();
        }
    }

    private void connected() {
        lock.lock();
        try {
            connecting = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends connections that are idle, old or dead, and asks a backend that chose HTTP/1.1 again after a while.
    void sweep(long now) {
        connector.sweep(now);
        if (http1 && now - http1Since >= HTTP1_FOR.toNanos()) {
            http1 = false;
        }
        snapshot()
                .forEach(connection -> housekeeping.attempt(Chore.POOLS, () -> connection.sweep(now, settings.pool())));
    }

    /// Whether nobody has used it for longer than it keeps connections, so that it may go.
    boolean forgotten(long now) {
        return snapshot().stream().allMatch(Http2Connection::closed)
                && running.get() == 0
                && !http1
                && now - usedAt >= settings.pool().idleTimeout().toNanos();
    }

    /// Ends idle connections now, and busy ones with their last stream.
    void retire() {
        retired = true;
        snapshot().forEach(Http2Connection::leave);
    }

    UpstreamClient.PoolState state() {
        List<Http2Connection> open = snapshot();
        int idle = (int) open.stream().filter(Http2Connection::idle).count();
        return new UpstreamClient.PoolState(
                origin.authority(), origin.transport(), "http2", open.size(), idle, waiting());
    }

    private int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private List<Http2Connection> snapshot() {
        lock.lock();
        try {
            connections.removeIf(Http2Connection::closed);
            return List.copyOf(connections);
        } finally {
            lock.unlock();
        }
    }
}
