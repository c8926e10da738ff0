package dev.agw.downstream;

import dev.agw.telemetry.Chore;
import dev.agw.telemetry.Housekeeping;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// All ports that take requests: opened and closed while others run, swept by one thread, drained together.
public final class Listeners implements AutoCloseable {
    private static final long TICK = Duration.ofMillis(20).toNanos();
    private static final long LAST_MOMENT = Duration.ofSeconds(3).toNanos();
    private static final int TICKS_PER_DATE = 25;

    private final ConnectionLimits limits;
    private final ProxyProtocol proxyProtocol;
    private final Housekeeping housekeeping;
    private final List<Port> ports = new CopyOnWriteArrayList<>();
    private final ConnectionGate gate;
    private final HeadBudget heads;
    private volatile String date = now();
    private volatile boolean draining;
    private volatile boolean closed;

    public Listeners(ConnectionLimits limits) {
        this(limits, ProxyProtocol.NONE, () -> false, new Housekeeping());
    }

    /// @param proxyProtocol whether proxies in front say whom a connection is for
    /// @param memoryIsShort whether there is no memory for further connections
    public Listeners(
            ConnectionLimits limits,
            ProxyProtocol proxyProtocol,
            BooleanSupplier memoryIsShort,
            Housekeeping housekeeping) {
        this.limits = limits;
        this.proxyProtocol = proxyProtocol;
        this.housekeeping = housekeeping;
        this.gate = new ConnectionGate(limits, memoryIsShort);
        this.heads = new HeadBudget(limits.suspicion().unfinished());
        Thread.ofPlatform().daemon().name("agw-sweeper").start(this::sweep);
    }

    /// Opens a port and starts to accept.
    ///
    /// @throws IOException the address is in use or may not be bound
    public Port open(InetSocketAddress address, RequestHandler handler, Meter meter) throws IOException {
        return open(address, handler, meter, Optional::empty);
    }

    /// Opens a port that speaks TLS while `security` says so; it is asked for each connection.
    ///
    /// @throws IOException the address is in use or may not be bound
    public Port open(
            InetSocketAddress address, RequestHandler handler, Meter meter, Supplier<Optional<TlsListeners>> security)
            throws IOException {
        Port port = new Port(this, address, handler, meter, security);
        ports.add(port);
        port.start();
        return port;
    }

    /// Takes no more connections on a port; those that are served go on to the end of their requests.
    public void close(Port port) {
        port.stopAccepting();
    }

    /// From now on every answer ends its connection; new connections are still taken.
    public void drain() {
        draining = true;
    }

    /// Takes no more connections on any port.
    public void stopAccepting() {
        draining = true;
        ports.forEach(Port::stopAccepting);
    }

    /// Requests that are being served.
    public int busy() {
        return ports.stream().mapToInt(Port::busy).sum();
    }

    /// Open connections of all ports.
    public int connections() {
        return gate.open();
    }

    /// Bytes that are held of what clients have begun to send and not ended.
    public long unfinished() {
        return heads.held();
    }

    /// Ends every request that is still being served.
    public void cut() {
        ports.forEach(Port::cut);
    }

    /// Stops: what is being served is cut, and has a moment to be recorded, and clients to be told.
    @Override
    public void close() {
        stopAccepting();
        cut();
        long deadline = System.nanoTime() + LAST_MOMENT;
        while (connections() > 0 && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(TICK / 20);
        }
        closed = true;
    }

    ConnectionLimits limits() {
        return limits;
    }

    ProxyProtocol proxyProtocol() {
        return proxyProtocol;
    }

    Housekeeping housekeeping() {
        return housekeeping;
    }

    boolean draining() {
        return draining;
    }

    /// The value of a Date field, at most a second old.
    String date() {
        return date;
    }

    ConnectionGate gate() {
        return gate;
    }

    HeadBudget heads() {
        return heads;
    }

    private void sweep() {
        for (long tick = 0; !closed; tick++) {
            LockSupport.parkNanos(TICK);
            try {
                if (tick % TICKS_PER_DATE == 0) {
                    date = now();
                }
                sweep(System.nanoTime());
            } catch (RuntimeException | Error e) {
                housekeeping.failed(Chore.SWEEP, e);
            }
        }
    }

    /// No connection fails for others: [Port#sweep] goes on from one to the next.
    private void sweep(long now) {
        for (Port port : ports) {
            port.sweep(now);
        }
        ports.removeIf(port -> !port.accepting() && port.connections() == 0);
    }

    private static String now() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    }
}
