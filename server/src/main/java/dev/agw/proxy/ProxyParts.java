package dev.agw.proxy;

import dev.agw.http.TrustedProxies;
import dev.agw.telemetry.Chore;
import dev.agw.telemetry.HeapPressure;
import dev.agw.telemetry.Housekeeping;
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
    private final Admission admission;
    private final TrustedProxies proxies;
    private final Housekeeping housekeeping;

    public ProxyParts(UpstreamClient upstream, Telemetry telemetry, ProxySettings settings, HeapPressure heap) {
        this.proxies = settings.proxies();
        this.telemetry = telemetry;
        this.housekeeping = telemetry.metrics().housekeeping();
        this.fields = new ReplyFields(settings.explains());
        this.errors = new ErrorResponder(fields);
        ProxyLimits limits = settings.limits();
        BodyBudget budget = new BodyBudget(limits.allBodies());
        WholeBody bodies = new WholeBody(limits.bodyBytes(), budget);
        this.admission = new Admission(limits, heap);
        telemetry.metrics().showLoad(heap, admission::queued, budget::held);
        this.mirrors = new Mirrors(upstream, bodies, housekeeping);
        this.carrier = new Carrier(upstream);
        Attempts attempts = new Attempts(upstream);
        Relay relay = new Relay(fields, errors, telemetry.metrics());
        this.ai = new AiExchange(attempts, relay, bodies, limits.jsonDepth());
        this.http = new HttpExchange(attempts, relay, budget, limits.tunnelIdle());
    }

    /// The handler of requests.
    public ProxyHandler handler(Supplier<Snapshot> snapshots) {
        return new ProxyHandler(snapshots, telemetry, this);
    }

    /// Ends what takes too long and is nobody's request, and forgets what nobody uses. To be called every now and then.
    public void sweep(long now) {
        housekeeping.attempt(Chore.MIRRORS, () -> mirrors.sweep(now));
        housekeeping.attempt(Chore.ROUTES, admission::sweep);
    }

    /// Gates of routes that are kept: of those that somebody uses, or did a moment ago.
    public int routeGates() {
        return admission.gates();
    }

    TrustedProxies proxies() {
        return proxies;
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

    Admission admission() {
        return admission;
    }

    Mirrors mirrors() {
        return mirrors;
    }

    Carrier carrier() {
        return carrier;
    }
}
