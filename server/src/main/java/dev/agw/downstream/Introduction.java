package dev.agw.downstream;

import dev.agw.net.PlainTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Set;

/// The first moment of a connection, before TLS and HTTP: a proxy in front says whom the connection is for.
final class Introduction implements ClientConnection {
    /// For a proxy that was let in just before the port closed.
    private static final long LAST_WAIT = 1_000_000_000;
    private static final int ROOM = 256;

    private final Port port;
    private final Meter meter;
    private final PlainTransport transport;
    private volatile long closeBy;
    private byte[] bytes = new byte[ROOM];
    private int length;

    private Introduction(Port port, Meter meter, PlainTransport transport) {
        this.port = port;
        this.meter = meter;
        this.transport = transport;
        this.closeBy = System.nanoTime() + port.limits().idle().toNanos();
    }

    /// Whom a connection is for: `peer`, or whom its PROXY header names. What follows the header is left to read.
    ///
    /// @param connections where it can be swept while it waits
    /// @throws IOException the proxy left, was too slow, or did not say it as it must; the last two are counted
    static InetSocketAddress client(
            Port port, Meter meter, PlainTransport transport, InetSocketAddress peer, Set<ClientConnection> connections)
            throws IOException {
        ProxyProtocol protocol = port.proxyProtocol();
        if (protocol.mode() == ProxyProtocol.Mode.OFF) {
            return peer;
        }
        Introduction introduction = new Introduction(port, meter, transport);
        connections.add(introduction);
        try {
            return introduction.read(protocol, peer);
        } catch (ProxyHeaderException e) {
            meter.introductionRefused();
            throw e;
        } finally {
            connections.remove(introduction);
        }
    }

    private InetSocketAddress read(ProxyProtocol protocol, InetSocketAddress peer) throws IOException {
        if (!protocol.mayIntroduce(peer)) {
            if (protocol.required()) {
                throw new ProxyHeaderException("a connection does not come from a trusted proxy");
            }
            return peer;
        }
        ProxyHeader header = header();
        if (!(header instanceof ProxyHeader.Present present)) {
            if (protocol.required()) {
                throw new ProxyHeaderException("a connection does not begin with a PROXY header");
            }
            transport.unread(Arrays.copyOf(bytes, length));
            return peer;
        }
        meter.received(present.length());
        transport.unread(Arrays.copyOfRange(bytes, present.length(), length));
        return present.client().orElse(peer);
    }

    private ProxyHeader header() throws IOException {
        ProxyHeader header = ProxyHeader.INCOMPLETE;
        while (header instanceof ProxyHeader.Incomplete) {
            fill();
            header = ProxyHeader.read(bytes, length);
        }
        return header;
    }

    private void fill() throws IOException {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, ProxyHeader.LONGEST);
        }
        int read = readInTime();
        if (length == 0) {
            closeBy = System.nanoTime() + port.limits().headTimeout().toNanos();
        }
        length += read;
    }

    /// Whoever leaves without a word, as health checks do, has done nothing wrong.
    private int readInTime() throws IOException {
        int read = readOrEnd();
        if (read >= 0) {
            return read;
        }
        throw length > 0
                ? new ProxyHeaderException("a connection ended within its PROXY header")
                : new IOException("a connection ended before its first byte");
    }

    private int readOrEnd() {
        try {
            return transport.read(bytes, length, bytes.length - length);
        } catch (IOException late) {
            return -1;
        }
    }

    @Override
    public void run() {
        throw new UnsupportedOperationException("an introduction serves nobody");
    }

    @Override
    public void sweep(long now) {
        if (now - closeBy > 0) {
            transport.close();
        }
    }

    @Override
    public void endIfIdle() {
        closeBy = System.nanoTime() + LAST_WAIT;
    }

    @Override
    public void cut() {
        transport.close();
    }

    @Override
    public int busy() {
        return 0;
    }
}
