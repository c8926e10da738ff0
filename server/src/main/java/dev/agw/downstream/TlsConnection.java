package dev.agw.downstream;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.ListenerRef;
import dev.agw.net.ClientHelloReader;
import dev.agw.net.Greeting;
import dev.agw.net.NoMemoryException;
import dev.agw.net.PlainTransport;
import dev.agw.net.TlsTransport;
import dev.agw.net.Transport;
import dev.agw.telemetry.HandshakeFailure;
import dev.agw.telemetry.Limit;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// A connection of a TLS port: chooses the listener by the name that the client asks for, shakes hands within its
/// deadline, and becomes what is spoken inside.
final class TlsConnection implements ClientConnection {
    private static final System.Logger LOGGER = System.getLogger(TlsConnection.class.getName());
    private static final int DECODE_ERROR = 50;
    private static final int HANDSHAKE_FAILURE = 40;
    private static final int UNRECOGNIZED_NAME = 112;

    private final Port port;
    private final Meter meter;
    private final PlainTransport plain;
    private final InetSocketAddress peer;
    private final TlsListeners listeners;
    private final RecordMemory records;
    private final long start = System.nanoTime();
    private ListenerRef listener;
    private volatile boolean late;
    private volatile @Nullable ClientConnection inside;

    TlsConnection(Port port, Meter meter, PlainTransport plain, InetSocketAddress peer, TlsListeners listeners) {
        this.port = port;
        this.meter = meter;
        this.plain = plain;
        this.peer = peer;
        this.listeners = listeners;
        this.listener = listeners.first().ref();
        this.records = new RecordMemory(port.heads());
    }

    @Override
    public void run() {
        try {
            Optional<ClientConnection> spoken = greeted(greeting());
            if (spoken.isPresent()) {
                inside = spoken.get();
                spoken.get().run();
            }
        } catch (ExchangeException | NoMemoryException noRoom) {
            meter.refused(Limit.HEAD_MEMORY);
        } catch (IOException e) {
            failed(late ? HandshakeFailure.TIMEOUT : HandshakeFailures.cause(e), e.toString());
        } finally {
            plain.close();
            records.close();
        }
    }

    private Greeting greeting() throws IOException {
        try (HeadBudget.Lease room = port.heads().new Lease()) {
            return ClientHelloReader.read(plain, room);
        }
    }

    private Optional<ClientConnection> greeted(Greeting greeting) throws IOException {
        return switch (greeting) {
            case Greeting.Hello hello -> chosen(hello);
            case Greeting.PlainHttp request -> {
                failed(HandshakeFailure.PLAIN_HTTP, "a request without encryption");
                Http1Connection answering =
                        new Http1Connection(new Arrival(port, meter, plain, peer, Optional.empty()));
                inside = answering;
                answering.turnAway(new Failure.BadRequest(400, "this port speaks TLS: use https"));
                yield Optional.empty();
            }
            case Greeting.Garbage garbage -> refused(HandshakeFailure.NO_TLS, garbage.why(), DECODE_ERROR);
            case Greeting.Nothing nothing -> throw new EOFException("the client left before it said anything");
        };
    }

    private Optional<ClientConnection> chosen(Greeting.Hello hello) throws IOException {
        Optional<TlsListener> found = listeners.find(hello.serverName());
        if (found.isEmpty()) {
            String name = "no listener is for " + hello.serverName();
            return refused(HandshakeFailure.UNKNOWN_NAME, name, UNRECOGNIZED_NAME);
        }
        listener = found.get().ref();
        return switch (found.get()) {
            case TlsListener.Http http -> Optional.of(http(http, shaken(http.tls())));
            case TlsListener.Tcp tcp -> {
                Transport transport = tcp.tls().isPresent() ? shaken(tcp.tls().get()) : plain;
                yield Optional.of(new CarriedConnection(port, meter, transport, tcp, hello.serverName()));
            }
            case TlsListener.Closed closed ->
                refused(HandshakeFailure.NO_CERTIFICATE, "the listener has no certificate", HANDSHAKE_FAILURE);
        };
    }

    /// What both sides agreed to speak shows in the first bytes: HTTP/2 begins with its preface.
    private ClientConnection http(TlsListener.Http served, TlsTransport transport) {
        return new Http1Connection(new Arrival(port, meter, transport, peer, Optional.of(served.hostname())));
    }

    private TlsTransport shaken(ServerTls tls) throws IOException {
        SSLEngine engine = tls.engine();
        TlsTransport transport = new TlsTransport(plain, engine, records);
        transport.handshake();
        tls.checkClient(engine);
        meter.handshake(listener, System.nanoTime() - start);
        return transport;
    }

    private Optional<ClientConnection> refused(HandshakeFailure cause, String why, int alert) throws IOException {
        failed(cause, why);
        byte[] fatal = {21, 3, 3, 0, 2, 2, (byte) alert}; // RFC 8446 §6
        plain.write(fatal, 0, fatal.length);
        plain.finish();
        return Optional.empty();
    }

    private void failed(HandshakeFailure cause, String why) {
        meter.handshakeFailed(listener, cause);
        LOGGER.log(
                System.Logger.Level.DEBUG,
                () -> "TLS handshake with " + peer + " at " + listener.bind() + " failed: " + cause.label() + ": "
                        + why);
    }

    @Override
    public void sweep(long now) {
        ClientConnection spoken = inside;
        if (spoken != null) {
            spoken.sweep(now);
        } else if (now - start > listeners.patience().toNanos()) {
            late = true;
            plain.close();
        }
    }

    @Override
    public void endIfIdle() {
        ClientConnection spoken = inside;
        if (spoken != null) {
            spoken.endIfIdle();
        }
    }

    @Override
    public void cut() {
        ClientConnection spoken = inside;
        if (spoken != null) {
            spoken.cut();
        } else {
            plain.close();
        }
    }

    @Override
    public int busy() {
        ClientConnection spoken = inside;
        return spoken == null ? 0 : spoken.busy();
    }
}
