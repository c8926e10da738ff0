package dev.agw.downstream;

import dev.agw.net.EventLoops;
import dev.agw.net.PlainTransport;
import dev.agw.telemetry.Chore;
import dev.agw.telemetry.Housekeeping;
import dev.agw.telemetry.Limit;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A port that accepts clients: a loop on a thread of its own, a virtual thread per connection.
public final class Port {
    private static final System.Logger LOGGER = System.getLogger(Port.class.getName());
    private static final int BACKLOG = 4096;
    private static final long PAUSE_AFTER_FAILURE = 50;

    private final Listeners listeners;
    private final ServerSocketChannel server;
    private final RequestHandler handler;
    private final int number;
    private final Supplier<Optional<TlsListeners>> security;
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean accepting = true;
    private volatile Meter meter;

    Port(
            Listeners listeners,
            InetSocketAddress address,
            RequestHandler handler,
            Meter meter,
            Supplier<Optional<TlsListeners>> security)
            throws IOException {
        this.listeners = listeners;
        this.handler = handler;
        this.meter = meter;
        this.security = security;
        this.server = ServerSocketChannel.open();
        try {
            server.bind(address, BACKLOG);
            this.number = ((InetSocketAddress) server.getLocalAddress()).getPort();
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    void start() {
        Thread.ofPlatform().daemon().name("agw-accept-" + number).start(this::accept);
    }

    /// The port in use: differs from the one asked for only where that was 0.
    public int number() {
        return number;
    }

    /// Open connections.
    public int connections() {
        return open.get();
    }

    /// From now on connections are counted by another meter; those that are open stay with theirs.
    public void meter(Meter other) {
        meter = other;
    }

    RequestHandler handler() {
        return handler;
    }

    ConnectionLimits limits() {
        return listeners.limits();
    }

    /// The memory for what clients have begun and not ended, one for all ports.
    HeadBudget heads() {
        return listeners.heads();
    }

    ProxyProtocol proxyProtocol() {
        return listeners.proxyProtocol();
    }

    String date() {
        return listeners.date();
    }

    boolean draining() {
        return listeners.draining() || !accepting;
    }

    boolean accepting() {
        return accepting;
    }

    Housekeeping housekeeping() {
        return listeners.housekeeping();
    }

    void sweep(long now) {
        for (ClientConnection connection : connections) {
            try {
                connection.sweep(now);
            } catch (RuntimeException | Error e) {
                housekeeping().failed(Chore.SWEEP, e);
            }
        }
    }

    /// Takes no further connections and ends those that wait for a request.
    void stopAccepting() {
        accepting = false;
        try {
            server.close();
        } catch (IOException expected) {
            // it takes no more connections either way
        }
        connections.forEach(ClientConnection::endIfIdle);
    }

    /// Has a connection that speaks another protocol from here on run in the place of the one that began it.
    void succeed(ClientConnection first, ClientConnection next) {
        connections.remove(first);
        run(next);
    }

    /// Requests that are being served.
    int busy() {
        int busy = 0;
        for (ClientConnection connection : connections) {
            busy += connection.busy();
        }
        return busy;
    }

    void cut() {
        connections.forEach(ClientConnection::cut);
    }

    private void accept() {
        while (accepting) {
            try {
                admit(server.accept());
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException | RuntimeException | Error e) {
                housekeeping().failed(Chore.ACCEPT, e);
                housekeeping().attempt(Chore.ACCEPT, meter::acceptFailed);
                pause();
            }
        }
    }

    private void admit(SocketChannel channel) throws IOException {
        boolean served = false;
        try {
            InetSocketAddress peer = (InetSocketAddress) channel.getRemoteAddress();
            Optional<Limit> refusal = listeners.gate().enter();
            if (refusal.isPresent()) {
                meter.refused(refusal.get());
            } else {
                begin(channel, peer);
                served = true;
            }
        } finally {
            if (!served) {
                close(channel);
            }
        }
    }

    private void begin(SocketChannel channel, InetSocketAddress peer) {
        boolean begun = false;
        open.incrementAndGet();
        try {
            EventLoops.start(() -> serve(channel, peer));
            begun = true;
        } finally {
            if (!begun) {
                left();
            }
        }
    }

    private void left() {
        open.decrementAndGet();
        listeners.gate().leave();
    }

    private void serve(SocketChannel channel, InetSocketAddress peer) {
        Meter counting = meter;
        counting.opened();
        try {
            PlainTransport transport = PlainTransport.of(channel);
            serveAs(Introduction.client(this, counting, transport, peer, connections), counting, transport);
        } catch (IOException gone) {
            close(channel);
        } catch (RuntimeException | Error defect) {
            LOGGER.log(System.Logger.Level.ERROR, "a connection failed", defect);
            close(channel);
        } finally {
            counting.closed();
            left();
        }
    }

    /// Who the client is, and so how many connections it has, is known only behind the proxy's header.
    private void serveAs(InetSocketAddress client, Meter counting, PlainTransport transport) {
        if (!listeners.gate().enterAs(client.getAddress())) {
            counting.refused(Limit.CONNECTIONS_PER_CLIENT);
            transport.close();
            return;
        }
        try {
            run(connection(counting, transport, client));
        } finally {
            listeners.gate().leaveAs(client.getAddress());
        }
    }

    private void run(ClientConnection connection) {
        connections.add(connection);
        try {
            connection.run();
        } finally {
            connections.remove(connection);
        }
    }

    private ClientConnection connection(Meter counting, PlainTransport transport, InetSocketAddress peer) {
        Optional<TlsListeners> secure = security.get();
        return secure.isPresent()
                ? new TlsConnection(this, counting, transport, peer, secure.get())
                : new Http1Connection(new Arrival(this, counting, transport, peer, Optional.empty()));
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException expected) {
            // closing is all that can be done to it
        }
    }

    /// Out of file descriptors, most likely: without a pause the loop would burn a core until some are free.
    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
