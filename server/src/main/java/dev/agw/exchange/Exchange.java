package dev.agw.exchange;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// The state of one request on its way through the gateway: what it asked, what was decided, how it ended.
///
/// Written by the thread that serves it, top to bottom; recorded into metrics and access log when it is over. Only the
/// [Lifeline] may be touched by others.
public final class Exchange {
    private final Request request;
    private final Reply reply;
    private final Lifeline lifeline;
    private final ListenerRef listener;
    private final long arrivedMillis = System.currentTimeMillis();

    private InetSocketAddress client;
    private boolean proxied;
    private String requestId = "";
    private RouteRef route = RouteRef.UNKNOWN;
    private String backend = "unknown";
    private String endpoint = "";
    private String upstreamProtocol = "http";
    private Reason reason = Reason.INTERNAL;
    private Outcome outcome = Outcome.COMPLETED;
    private @Nullable GenAi genAi;
    private @Nullable Failure failure;
    private TraceContext trace = TraceContext.NONE;
    private boolean stream;
    private int retries;
    private long upstreamBytes;
    private long firstByteNanos;
    private long endNanos;

    public Exchange(Request request, Reply reply, Lifeline lifeline, ListenerRef listener) {
        this.request = request;
        this.client = request.peer();
        this.reply = reply;
        this.lifeline = lifeline;
        this.listener = listener;
    }

    public Request request() {
        return request;
    }

    public Reply reply() {
        return reply;
    }

    public Lifeline lifeline() {
        return lifeline;
    }

    public ListenerRef listener() {
        return listener;
    }

    /// Where the request comes from: the other end of its connection, or whom trusted proxies in front name.
    public InetSocketAddress client() {
        return client;
    }

    /// Whether the other end of the connection is a proxy that is believed.
    public boolean proxied() {
        return proxied;
    }

    /// A trusted proxy brought the request, for `from`.
    public void broughtFor(InetSocketAddress from) {
        client = from;
        proxied = true;
    }

    /// Wall clock at arrival, in milliseconds since 1970.
    public long arrivedMillis() {
        return arrivedMillis;
    }

    /// The id in `x-request-id`: the client's if it was acceptable, else made here.
    public String requestId() {
        return requestId;
    }

    public void requestId(String id) {
        requestId = id;
    }

    public RouteRef route() {
        return route;
    }

    public void route(RouteRef matched) {
        route = matched;
    }

    /// `namespace/name` of the backend, or `unknown` while none was chosen.
    public String backend() {
        return backend;
    }

    /// `host:port` of the endpoint that was called last; empty while none was.
    public String endpoint() {
        return endpoint;
    }

    /// `http` or `https`: how the backend is spoken to.
    public String upstreamProtocol() {
        return upstreamProtocol;
    }

    public void backend(String name) {
        backend = name;
    }

    public void calling(String hostAndPort, String protocol) {
        endpoint = hostAndPort;
        upstreamProtocol = protocol;
    }

    public Reason reason() {
        return reason;
    }

    public void reason(Reason why) {
        reason = why;
    }

    public Outcome outcome() {
        return outcome;
    }

    public void outcome(Outcome how) {
        outcome = how;
    }

    /// The LLM side of it; null for other traffic.
    public @Nullable GenAi genAi() {
        return genAi;
    }

    public void genAi(GenAi details) {
        genAi = details;
    }

    /// What went wrong; null if nothing did.
    public @Nullable Failure failure() {
        return failure;
    }

    public void failed(Failure what) {
        failure = what;
        reason = what.reason();
    }

    public TraceContext trace() {
        return trace;
    }

    public void trace(TraceContext context) {
        trace = context;
    }

    /// Whether the answer is a stream of events.
    public boolean stream() {
        return stream;
    }

    public void streaming() {
        stream = true;
    }

    /// Calls to backends beyond the first.
    public int retries() {
        return retries;
    }

    public void retried() {
        retries++;
    }

    /// Body bytes received from the backend.
    public long upstreamBytes() {
        return upstreamBytes;
    }

    public void received(long bytes) {
        upstreamBytes += bytes;
    }

    /// `System.nanoTime()` when the backend's response head was there; 0 if it never was.
    public long firstByteNanos() {
        return firstByteNanos;
    }

    public void firstByte(long nanoTime) {
        firstByteNanos = nanoTime;
    }

    /// `System.nanoTime()` at the end; 0 while it runs.
    public long endNanos() {
        return endNanos;
    }

    public void ended(long nanoTime) {
        endNanos = nanoTime;
    }
}
