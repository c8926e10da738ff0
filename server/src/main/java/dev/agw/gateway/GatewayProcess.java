package dev.agw.gateway;

import dev.agw.downstream.Listeners;
import dev.agw.proxy.ProxyParts;
import dev.agw.proxy.ProxySettings;
import dev.agw.settings.AgwSettings;
import dev.agw.telemetry.AccessLog;
import dev.agw.telemetry.Chore;
import dev.agw.telemetry.Flood;
import dev.agw.telemetry.GatewayMetrics;
import dev.agw.telemetry.HeapPressure;
import dev.agw.telemetry.Housekeeping;
import dev.agw.telemetry.Telemetry;
import dev.agw.telemetry.Tracing;
import dev.agw.telemetry.TracingSettings;
import dev.agw.upstream.DnsCache;
import dev.agw.upstream.Resolver;
import dev.agw.upstream.UpstreamClient;
import dev.agw.upstream.UpstreamObserver;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A running gateway: everything is put together here, and taken apart again.
public final class GatewayProcess implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(GatewayProcess.class.getName());
    private static final Duration HOUSEKEEPING = Duration.ofMillis(500);

    private final GatewayMetrics metrics;
    private final Telemetry telemetry;
    private final HeapPressure heap;
    private final UpstreamClient upstream;
    private final ProxyParts proxy;
    private final Listeners listeners;
    private final Configuration configuration;
    private final OperatorServer operators;
    private final Ticker ticker;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    private GatewayProcess(AgwSettings settings, ConfigSource source, OutputStream accessLog, String version) {
        this.metrics = new GatewayMetrics(version, settings.metrics().seriesCap());
        this.telemetry = telemetry(settings, metrics, accessLog, version);
        Housekeeping chores = metrics.housekeeping();
        this.heap = HeapPressure.watch(
                settings.limits().heapForRequests(), settings.limits().heapForConnections(), chores);
        ManifestSource manifests = ManifestSource.of(source);
        DnsCache dns = new DnsCache(Resolver.SYSTEM, DnsCache.Settings.DEFAULT, System::nanoTime, chores);
        this.upstream = new UpstreamClient(dns, new Connects(metrics), System::nanoTime, chores);
        this.proxy = new ProxyParts(
                upstream,
                telemetry,
                new ProxySettings(
                        Limits.ofRequests(settings.limits()),
                        settings.clients().trustedProxies().proxies(),
                        settings.telemetry().responseHeaders()),
                heap);
        this.listeners = new Listeners(
                Limits.of(settings), Introductions.of(settings.clients()), heap::refusesConnections, chores);
        metrics.showUnfinished(listeners::unfinished);
        this.configuration = new Configuration(settings, manifests, new Ports(listeners, metrics), metrics, dns);
        this.ticker = new Ticker(
                HOUSEKEEPING,
                chores,
                List.of(new Ticker.Task(Chore.POOLS, upstream::sweep), new Ticker.Task(Chore.ROUTES, proxy::sweep)));
        this.operators =
                new OperatorServer(new OperatorPages(metrics, configuration, upstream, () -> ending.get()), settings);
        try {
            operators.mustFindPorts();
            configuration.start(proxy.handler(configuration::snapshot));
            // Clients first: the web server takes longer to come up than all before it.
            operators.start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Opens every port, or none, and begins to serve.
    ///
    /// @param accessLog takes a line per request, unless the settings turn it off
    /// @param version as metrics show it
    /// @throws StartException the configuration has errors, or a port is taken
    public static GatewayProcess start(
            AgwSettings settings, ConfigSource source, PrintStream accessLog, String version) {
        return new GatewayProcess(settings, source, accessLog, version);
    }

    /// What the process listens on, the ports for clients first.
    public List<Listening> listening() {
        List<Listening> all = new ArrayList<>(configuration.listening());
        all.addAll(operators.listening());
        return all;
    }

    /// What could be read and is not, or not fully, obeyed: for people.
    public List<String> warnings() {
        return configuration.warnings();
    }

    /// Gates of routes that are kept: of those that somebody uses, or did a moment ago.
    public int routeGates() {
        return proxy.routeGates();
    }

    /// Drains and ends, unless it does so already. Returns at once.
    ///
    /// @param told hears what the end waits for, before it begins
    public void shutdown(Hurry hurry, Consumer<Ending> told) {
        if (ending.compareAndSet(false, true)) {
            Drain drain = new Drain(listeners, configuration.shutdown(), hurry, metrics);
            told.accept(drain.begin());
            Thread.ofPlatform().name("agw-drain").start(() -> run(drain));
        }
    }

    /// Waits until the process has ended.
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /// Ends at once, cutting what still runs.
    @Override
    public void close() {
        ending.set(true);
        configuration.close();
        listeners.close();
        ticker.close();
        heap.close();
        upstream.close();
        operators.close();
        telemetry.close();
        ended.countDown();
    }

    private void run(Drain drain) {
        try {
            drain.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "draining failed; ending at once", e);
        } finally {
            close();
        }
    }

    private static Telemetry telemetry(
            AgwSettings settings, GatewayMetrics metrics, OutputStream accessLog, String version) {
        Optional<AccessLog> log = settings.telemetry().accessLog().enabled()
                ? Optional.of(AccessLog.start(accessLog, metrics))
                : Optional.empty();
        AgwSettings.Otlp otlp = settings.telemetry().otlp();
        Tracing tracing = otlp.endpoint()
                .map(endpoint -> Tracing.to(
                        new TracingSettings(traces(endpoint), otlp.samplingRatio(), "agw", version, Map.of()),
                        metrics.housekeeping()))
                .orElseGet(Tracing::off);
        return new Telemetry(metrics, log, tracing);
    }

    /// The OpenTelemetry convention: a base URL gets the path of its signal.
    private static URI traces(String endpoint) {
        String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
        return URI.create(base.endsWith("/v1/traces") ? base : base + "/v1/traces");
    }

    /// Hears of connections to backends.
    private record Connects(GatewayMetrics metrics) implements UpstreamObserver {
        @Override
        public void connected(String transport, long nanos) {
            metrics.upstreamConnected(transport, nanos);
        }

        @Override
        public void connectFailed(String transport) {
            metrics.upstreamConnectFailed(transport);
        }

        @Override
        public void resent() {
            metrics.upstreamResent();
        }

        @Override
        public void flooded(Flood kind) {
            metrics.upstreamFlooded(kind);
        }
    }
}
