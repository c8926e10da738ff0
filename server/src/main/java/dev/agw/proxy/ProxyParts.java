package dev.agw.proxy;

import dev.agw.telemetry.Telemetry;
import dev.agw.upstream.UpstreamClient;
import java.util.function.Supplier;

/// What the request path is made of.
public final class ProxyParts {
    private final ReplyFields fields;
    private final ErrorResponder errors;
    private final AiExchange ai;
    private final HttpExchange http;
    private final Mirrors mirrors;
    private final Carrier carrier;
    private final Telemetry telemetry;

    /// @param bodyLimit most bytes of a body that has to be read whole
    /// @param explains whether answers carry fields that tell their reason and the gateway's time
    public ProxyParts(UpstreamClient upstream, Telemetry telemetry, int bodyLimit, boolean explains) {
        this.telemetry = telemetry;
        this.fields = new ReplyFields(explains);
        this.errors = new ErrorResponder(fields);
        this.mirrors = new Mirrors(upstream, bodyLimit);
        this.carrier = new Carrier(upstream);
        Attempts attempts = new Attempts(upstream);
        Relay relay = new Relay(fields, errors, telemetry.metrics());
        this.ai = new AiExchange(attempts, relay, bodyLimit);
        this.http = new HttpExchange(attempts, relay);
    }

    /// The handler of requests.
    public ProxyHandler handler(Supplier<Snapshot> snapshots) {
        return new ProxyHandler(snapshots, telemetry, this);
    }

    /// Ends what takes too long and is nobody's request. To be called every now and then.
    public void sweep(long now) {
        mirrors.sweep(now);
    }

    ReplyFields fields() {
        return fields;
    }

    ErrorResponder errors() {
        return errors;
    }

    AiExchange ai() {
        return ai;
    }

    HttpExchange http() {
        return http;
    }

    Mirrors mirrors() {
        return mirrors;
    }

    Carrier carrier() {
        return carrier;
    }
}
