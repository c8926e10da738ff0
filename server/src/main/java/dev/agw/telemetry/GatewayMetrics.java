package dev.agw.telemetry;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.GenAi;
import dev.agw.exchange.ListenerRef;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// Everything the gateway counts, by what happened. The only way into the metrics; safe from any thread.
public final class GatewayMetrics {
    /// How many label combinations each family tells apart by default.
    public static final int DEFAULT_SERIES_CAP = 2000;

    private final Housekeeping housekeeping = new Housekeeping();
    private final MetricRegistry registry;
    private final HttpMetrics http;
    private final GenAiMetrics genAi;
    private final PathMetrics paths;
    private final McpMetrics mcp;
    private final EnumCounters<Guardrail.Action> requestChecks;
    private final EnumCounters<Guardrail.Action> responseChecks;
    private final ConnectionMetrics.Families connections;
    private final UpstreamMetrics upstream;
    private final TlsMetrics tls;
    private final XdsMetrics xds;
    private final ConfigMetrics config;
    private final BackendMetrics backends;
    private final DrainMetrics drain;
    private final EnumCounters<Limit> refusals;
    private final EnumCounters<Flood> floods;
    private final Counter acceptErrors;
    private final Counter proxyHeaderErrors;
    private final Counter droppedLogLines;
    private final LongAdder requests = new LongAdder();
    private final LongAdder streams = new LongAdder();
    private final LongAdder tasks = new LongAdder();
    private final AtomicBoolean runtimeShown = new AtomicBoolean();

    /// @param version the `tag` of `agentgateway_build_info`
    /// @param seriesCap how many label combinations each family tells apart; later ones share one series,
    /// whose label values are all `overflow`
    public GatewayMetrics(String version, int seriesCap) {
        registry = new MetricRegistry(seriesCap);
        Family<SeriesKey.One, Gauge> builds = registry.gauges(MetricCatalogue.BUILD_INFO);
        builds.of(new SeriesKey.One(version)).set(1);
        http = new HttpMetrics(registry);
        genAi = new GenAiMetrics(registry);
        mcp = new McpMetrics(registry);
        Family<SeriesKey.Two, Counter> checks = registry.counters(MetricCatalogue.GUARDRAIL_CHECKS);
        requestChecks = checks(checks, Guardrail.Phase.REQUEST);
        responseChecks = checks(checks, Guardrail.Phase.RESPONSE);
        connections = new ConnectionMetrics.Families(registry);
        upstream = new UpstreamMetrics(registry);
        tls = new TlsMetrics(registry);
        paths = new PathMetrics(registry);
        xds = new XdsMetrics(registry);
        backends = new BackendMetrics(registry);
        Family<SeriesKey.One, Counter> refused = registry.counters(MetricCatalogue.LIMIT_REFUSALS);
        refusals = new EnumCounters<>(Limit.class, limit -> refused.of(new SeriesKey.One(limit.label())));
        Family<SeriesKey.One, Counter> cutOff = registry.counters(MetricCatalogue.HTTP2_FLOODS);
        floods = new EnumCounters<>(Flood.class, kind -> cutOff.of(new SeriesKey.One(kind.label())));
        acceptErrors = registry.counter(MetricCatalogue.ACCEPT_ERRORS);
        proxyHeaderErrors = registry.counter(MetricCatalogue.PROXY_HEADER_ERRORS);
        droppedLogLines = registry.counter(MetricCatalogue.ACCESS_LOG_DROPPED);
        config = new ConfigMetrics(registry);
        Family<SeriesKey.One, Reading> chores = registry.readings(MetricCatalogue.HOUSEKEEPING_FAILURES);
        for (Chore chore : Chore.values()) {
            chores.put(new SeriesKey.One(chore.label()), new Reading(() -> housekeeping.failures(chore)));
        }
        registry.reading(MetricCatalogue.REQUESTS_IN_FLIGHT, requests::sum);
        registry.reading(MetricCatalogue.STREAMS_IN_FLIGHT, streams::sum);
        registry.reading(MetricCatalogue.ALIVE_TASKS, tasks::sum);
        drain = new DrainMetrics(registry, streams::sum);
    }

    private static EnumCounters<Guardrail.Action> checks(Family<SeriesKey.Two, Counter> family, Guardrail.Phase phase) {
        return new EnumCounters<>(
                Guardrail.Action.class, action -> family.of(new SeriesKey.Two(phase.label(), action.label())));
    }

    /// Where what fails in the background is told.
    public Housekeeping housekeeping() {
        return housekeeping;
    }

    /// Makes the series at 0 that alerts select for a listener. Call it when the listener starts.
    public void prime(ListenerRef listener) {
        http.prime(listener);
    }

    /// Records an exchange that is over: all that can be told from it.
    public void record(Exchange exchange) {
        long duration = exchange.endNanos() - exchange.lifeline().start();
        http.record(exchange, duration);
        paths.record(exchange, duration);
        GenAi call = exchange.genAi();
        if (call != null && !exchange.endpoint().isEmpty()) {
            genAi.record(exchange, call, duration);
        }
    }

    public void requestStarted() {
        requests.increment();
    }

    public void requestEnded() {
        requests.decrement();
    }

    public void streamStarted() {
        streams.increment();
    }

    public void streamEnded() {
        streams.decrement();
    }

    /// A virtual thread began to serve a connection or a stream.
    public void taskStarted() {
        tasks.increment();
    }

    public void taskEnded() {
        tasks.decrement();
    }

    /// The counters of one listener's connections.
    ///
    /// @param protocol `http`, `https`, `tls` or `tcp`
    public ConnectionMetrics connections(ListenerRef listener, String protocol) {
        return connections.of(listener, protocol);
    }

    /// A TLS handshake with a client failed.
    public void handshakeFailed(ListenerRef listener, HandshakeFailure cause) {
        tls.failed(listener, cause);
    }

    /// A connection that was to be handed on to a backend was closed instead.
    public void notCarried(ListenerRef listener, CarryFailure cause) {
        tls.notCarried(listener, cause);
    }

    /// Shows the certificates of a configuration; those of the one before vanish. For one thread at a time.
    public void certificates(List<CertificateExpiry> inForce) {
        tls.show(inForce);
    }

    /// A connection to a backend was established, its TLS handshake included.
    ///
    /// @param transport `plaintext` or `tls`
    public void upstreamConnected(String transport, long nanos) {
        upstream.connected(transport, nanos);
    }

    /// An address of a backend could not be connected to, or its TLS handshake failed.
    ///
    /// @param transport `plaintext` or `tls`
    public void upstreamConnectFailed(String transport) {
        upstream.connectFailed(transport);
    }

    /// A request went out once more, as the kept connection of its first time was dead.
    public void upstreamResent() {
        upstream.resent();
    }

    /// An HTTP/2 connection to a backend was cut off.
    public void upstreamFlooded(Flood kind) {
        upstream.flooded(kind);
    }

    /// Shows a backend's endpoint counts; run the returned action when the backend is gone. A second call for the
    /// same backend takes the place of the first.
    ///
    /// @param backend `namespace/name`
    public Runnable endpoints(String backend, IntSupplier healthy, IntSupplier ejected) {
        return backends.show(backend, healthy, ejected);
    }

    /// Shows how much the process has to do.
    public void showLoad(HeapPressure heap, IntSupplier queued, LongSupplier bodyBytes) {
        registry.reading(MetricCatalogue.HEAP_PRESSURE, () -> heap.level().figure());
        registry.reading(MetricCatalogue.REQUESTS_QUEUED, queued::getAsInt);
        registry.reading(MetricCatalogue.BODY_BYTES_HELD, bodyBytes::getAsLong);
    }

    /// Shows how much is held of what clients have begun to send and not ended.
    public void showUnfinished(LongSupplier bytes) {
        registry.reading(MetricCatalogue.HEAD_BYTES_HELD, bytes::getAsLong);
    }

    /// A limit turned a request or a connection away.
    public void refused(Limit limit) {
        refusals.of(limit).increment();
    }

    /// An HTTP/2 connection of a client was cut off.
    public void flooded(Flood kind) {
        floods.of(kind).increment();
    }

    public void acceptFailed() {
        acceptErrors.increment();
    }

    /// A connection was closed for its header of the PROXY protocol.
    public void proxyHeaderRefused() {
        proxyHeaderErrors.increment();
    }

    void logLinesDropped(long lines) {
        droppedLogLines.add(lines);
    }

    /// A configuration was taken.
    ///
    /// @param hash what tells it from others
    public void configLoaded(String hash) {
        config.loaded(hash);
    }

    /// A configuration was rejected; the one before it stays in force.
    public void configRejected() {
        config.rejected();
    }

    /// The gateway was told to end.
    public void drainBegan() {
        drain.began();
    }

    /// An end waited long enough for these requests.
    public void drainCut(int requests) {
        drain.cut(requests);
    }

    public void guardrailChecked(Guardrail.Phase phase, Guardrail.Action action) {
        switch (phase) {
            case REQUEST -> requestChecks.of(action).increment();
            case RESPONSE -> responseChecks.of(action).increment();
        }
    }

    /// A call of an MCP method.
    ///
    /// @param resourceType `Tool`, `Prompt`, `Resource`, `ResourceTemplates`, or `unknown`
    /// @param resource name of the tool, prompt or resource, or `unknown`
    public void mcpRequest(String method, String resourceType, String server, String resource, String route) {
        mcp.request(method, resourceType, server, resource, route);
    }

    /// What a model costs, in US dollars per million tokens.
    ///
    /// @param direction `input` or `output`
    public void price(String direction, String provider, String model, double usd) {
        genAi.price(direction, provider, model, usd);
    }

    /// The stream from the control plane ended.
    ///
    /// @param reason `ConnectionError`, `Error`, `Reconnect` or `Complete`
    public void xdsTerminated(String reason) {
        xds.terminated(reason);
    }

    /// A message came from the control plane.
    public void xdsMessage(String url, long bytes) {
        xds.message(url, bytes);
    }

    /// Has the page for `GET /metrics` taken.
    public void scrape(Format format, Page taker) {
        // The management beans take a quarter of a second to come up: not at start-up, when nobody looks.
        if (!runtimeShown.getAndSet(true)) {
            RuntimeMetrics.register(registry);
            ProcessMetrics.register(registry);
        }
        registry.scrape(format, taker);
    }
}
