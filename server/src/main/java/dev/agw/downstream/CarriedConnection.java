package dev.agw.downstream;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Tunnel;
import dev.agw.net.NoMemoryException;
import dev.agw.net.Transport;
import dev.agw.telemetry.Limit;
import java.io.IOException;

/// A connection whose bytes go to a backend as they come.
final class CarriedConnection implements ClientConnection, Tunnel {
    private final Port port;
    private final Meter meter;
    private final Transport transport;
    private final TlsListener listener;
    private final String serverName;
    private final Lifeline lifeline;
    private volatile boolean running = true;

    /// @param serverName that the client asked for
    CarriedConnection(Port port, Meter meter, Transport transport, TlsListener listener, String serverName) {
        this.port = port;
        this.meter = meter;
        this.transport = transport;
        this.listener = listener;
        this.serverName = serverName;
        this.lifeline = new Lifeline(System.nanoTime(), transport::close);
    }

    @Override
    public void run() {
        try {
            port.handler()
                    .carry(listener.hostname(), serverName, this, lifeline)
                    .ifPresent(cause -> meter.notCarried(listener.ref(), cause));
        } finally {
            running = false;
            transport.close();
        }
    }

    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
        try {
            return meter.received(transport.read(array, offset, length));
        } catch (NoMemoryException full) {
            meter.refused(Limit.HEAD_MEMORY);
            throw new ExchangeException(HeadBudget.usedUp());
        }
    }

    @Override
    public void write(byte[] array, int offset, int length) throws IOException {
        transport.write(array, offset, length);
        meter.sent(length);
    }

    @Override
    public void finish() {
        transport.finish();
    }

    @Override
    public void close() {
        transport.close();
    }

    @Override
    public void sweep(long now) {
        lifeline.sweep(now);
    }

    /// There is no way to tell whether it is.
    @Override
    public void endIfIdle() {}

    @Override
    public void cut() {
        lifeline.cut(Lifeline.Cut.SHUTDOWN);
    }

    @Override
    public int busy() {
        return running ? 1 : 0;
    }
}
