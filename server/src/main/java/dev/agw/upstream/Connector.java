package dev.agw.upstream;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Failure.UpstreamFailure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Lifeline.Cut;
import dev.agw.net.PlainTransport;
import dev.agw.net.TlsTransport;
import dev.agw.net.Transport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// Makes connections to one origin, trying its addresses in turn.
final class Connector {
    private static final System.Logger LOGGER = System.getLogger(Connector.class.getName());
    private static final List<String> HTTP1 = List.of("http/1.1");
    private static final long LOG_EVERY = TimeUnit.SECONDS.toNanos(10);

    private final Origin origin;
    private final DnsCache dns;
    private final UpstreamObserver observer;
    private final LongSupplier clock;
    private final Addresses addresses;
    private final Optional<TlsContext> tls;
    private final AtomicLong mayLogAt;

    Connector(Origin origin, DnsCache dns, UpstreamObserver observer, LongSupplier clock) {
        this.origin = origin;
        this.dns = dns;
        this.observer = observer;
        this.clock = clock;
        this.addresses = new Addresses(clock);
        this.tls = origin.tls().map(settings -> new TlsContext(origin, settings));
        this.mayLogAt = new AtomicLong(clock.getAsLong());
    }

    String authority() {
        return origin.authority();
    }

    void sweep(long now) {
        addresses.sweep(now);
    }

    /// A new connection for HTTP/1.1 to the first address that takes it.
    ///
    /// @throws ExchangeException the name does not resolve, or no address could be connected to in time
    Connection connect(Lifeline lifeline) {
        return new Connection(open(lifeline, HTTP1).transport(), clock.getAsLong());
    }

    /// A connection, and the protocol that its TLS handshake agreed on: empty if on none.
    record Opened(Transport transport, String protocol) {}

    /// A new connection to the first address that takes it.
    ///
    /// @param protocols what is offered by ALPN, the first choice first
    /// @throws ExchangeException the name does not resolve, or no address could be connected to in time
    Opened open(Lifeline lifeline, List<String> protocols) {
        Duration patience = origin.connections().timeouts().connect();
        long start = System.nanoTime(); // the clock of lifelines
        List<InetAddress> candidates = addresses.ordered(dns.addresses(origin.host(), patience));
        Failure failure = new Failure.NoHealthyBackend("the name of " + authority() + " does not resolve");
        for (int i = 0; i < candidates.size(); i++) {
            long left = patience.toNanos() - (System.nanoTime() - start);
            Attempt attempt = new Attempt(candidates.get(i), protocols, lifeline);
            Opened opened = attempt.opened(Math.max(1, left / (candidates.size() - i)));
            if (opened != null) {
                return opened;
            }
            failure = attempt.failure;
            if (lifeline.cut() == Cut.CONNECT_TIMEOUT && i + 1 < candidates.size()) {
                lifeline.mend();
            } else if (lifeline.cut() != null) {
                break;
            }
        }
        throw new ExchangeException(failure);
    }

    /// One try of one address.
    private final class Attempt {
        private final InetAddress address;
        private final List<String> protocols;
        private final Lifeline lifeline;
        private Failure failure = UpstreamFailure.unreachable("cannot connect to " + authority());

        Attempt(InetAddress address, List<String> protocols, Lifeline lifeline) {
            this.address = address;
            this.protocols = protocols;
            this.lifeline = lifeline;
        }

        /// @return null if it did not work; then [#failure] says why
        @Nullable
        Opened opened(long nanos) {
            long start = System.nanoTime();
            try {
                Opened opened = secured(connected(nanos));
                addresses.connected(address);
                observer.connected(opened.transport().kind(), System.nanoTime() - start);
                return opened;
            } catch (IOException e) {
                addresses.failed(address);
                observer.connectFailed(origin.transport());
                LOGGER.log(Level.DEBUG, () -> "connecting to " + authority() + " at " + address + " failed: " + e);
                Cut cut = lifeline.cut();
                if (cut != null) {
                    failure = Failures.cut(cut, authority());
                }
                return null;
            }
        }

        private PlainTransport connected(long nanos) throws IOException {
            SocketChannel channel = SocketChannel.open();
            PlainTransport plain = PlainTransport.unconnected(channel);
            waiting(plain, nanos, () -> {
                KeepAlive.tune(channel, origin.connections().keepAlive());
                plain.connect(new InetSocketAddress(address, origin.port()));
            });
            return plain;
        }

        private Opened secured(PlainTransport plain) throws IOException {
            if (tls.isEmpty()) {
                return new Opened(plain, "");
            }
            SSLEngine engine = tls.get().engine(protocols);
            TlsTransport transport = new TlsTransport(plain, engine, TlsTransport.Memory.UNBOUNDED);
            long nanos = origin.connections().timeouts().handshake().toNanos();
            try {
                waiting(plain, nanos, () -> {
                    transport.handshake();
                    TlsContext.checkDate(engine);
                });
            } catch (IOException e) {
                failure = UpstreamFailure.broken("the TLS handshake with " + authority() + " failed");
                if (lifeline.cut() == null) {
                    warn(e);
                }
                throw e;
            }
            return new Opened(transport, engine.getApplicationProtocol());
        }

        /// Does a step that a cut, also one for taking too long, ends by closing the channel.
        private void waiting(PlainTransport plain, long nanos, Step step) throws IOException {
            boolean done = false;
            lifeline.waiting(nanos, Cut.CONNECT_TIMEOUT);
            lifeline.onCut(plain::close);
            try {
                step.run();
                done = true;
            } finally {
                lifeline.resume();
                lifeline.onCut(null);
                if (!done) {
                    plain.close();
                }
            }
        }

        /// The reason stands here and nowhere else: the caller learns only that it failed.
        private void warn(IOException e) {
            long now = clock.getAsLong();
            long due = mayLogAt.get();
            if (now - due >= 0 && mayLogAt.compareAndSet(due, now + LOG_EVERY)) {
                LOGGER.log(Level.WARNING, "the TLS handshake with " + authority() + " failed: " + e.getMessage());
            }
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
