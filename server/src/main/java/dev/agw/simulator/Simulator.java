package dev.agw.simulator;

import dev.agw.net.EventLoops;
import dev.agw.net.PlainTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A stand-in for a provider with OpenAI's API, on a small server of its own: for demos, tests, benchmarks and drills.
///
/// It answers `POST` on `/v1/chat/completions`, `/v1/completions`, `/v1/responses` (each whole or as a stream),
/// `/v1/embeddings` and `/v1/moderations`, and `GET` on `/v1/models`, `/v1/models/{id}` and `/healthz`; with any
/// prefix, or without `/v1`, too. `/mcp` is a server of the Model Context Protocol: [McpServer]. It takes any
/// model, echoes its name, and repeats the start of the last message.
///
/// A request can ask for what its test needs:
///
/// | field | effect | example |
/// |---|---|---|
/// | `x-sim-status` | an error with this status | `503` |
/// | `x-sim-retry-after` | value of Retry-After on an error; a 429 says `1` by itself | `30` |
/// | `x-sim-head-delay` | time before the head of the response | `50ms` |
/// | `x-sim-first-token-delay` | time between the head and the first event | `2s` |
/// | `x-sim-token-gap` | time between two tokens; units are `us`, `ms`, `s`, `m` | `30ms` |
/// | `x-sim-tokens` | completion tokens, unless the request's own bound is lower | `100` |
/// | `x-sim-fault` | a [Fault] by its name | `reset`, `no-done` |
/// | `x-sim-fault-after` | tokens of a stream before the fault; by itself half of them | `3` |
/// | `x-sim-encoding` | `gzip` packs the answer | `gzip` |
///
/// Where fields can't be set, the model's name does it: `sim-503` is a status, `sim-reset` a fault, `sim-slow` a first
/// token after 2 s, `sim-idle` one token a minute, and the tokens of `sim-clock` tell when they were sent
/// (`System.nanoTime()`). Fields win over names.
///
/// Thread-safe. [#close] ends all connections.
public final class Simulator implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final long ACCEPT_REST_NANOS = 5_000_000;

    private final ServerSocketChannel listener;
    private final SimulatorSettings settings;
    private final Provider provider;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private Simulator(SimulatorSettings settings) throws IOException {
        this.settings = settings;
        this.provider = new Provider(settings);
        this.listener = ServerSocketChannel.open();
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listener.bind(new InetSocketAddress(settings.host(), settings.port()), BACKLOG);
    }

    /// Starts to listen.
    ///
    /// @throws UncheckedIOException the port is taken, or the address is none of this machine
    public static Simulator start(SimulatorSettings settings) {
        try {
            Simulator simulator = new Simulator(settings);
            Thread.ofVirtual().name("simulator-accept").start(simulator::accept);
            return simulator;
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "can't listen on " + settings.host() + ":" + settings.port() + ": " + failure.getMessage(),
                    failure);
        }
    }

    /// The port it listens on.
    public int port() {
        return listener.socket().getLocalPort();
    }

    /// `http://127.0.0.1:8080`, without a slash at the end.
    public String url() {
        return "http://" + settings.host() + ":" + port();
    }

    /// What it was asked so far.
    public RequestLog requests() {
        return provider.log();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException expected) {
            // the port is free either way
        }
        connections.forEach(Connection::close);
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                SocketChannel client = listener.accept();
                EventLoops.start(() -> serve(client));
            } catch (IOException expected) {
                LockSupport.parkNanos(ACCEPT_REST_NANOS); // closed, or out of file descriptors for a while
            }
        }
    }

    private void serve(SocketChannel client) {
        try {
            serve(PlainTransport.of(client));
        } catch (IOException gone) {
            // nobody is there any more
        }
    }

    private void serve(PlainTransport transport) {
        Connection connection = new Connection(provider, transport, settings);
        connections.add(connection);
        try {
            if (listener.isOpen()) {
                connection.run();
            }
        } finally {
            connections.remove(connection);
        }
    }
}
