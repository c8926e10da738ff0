package dev.agw.proxy;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.RouteRef;
import dev.agw.telemetry.HeapPressure;
import java.time.Duration;

/// Lets requests in as long as there is room for them: in the heap, in the process, in their route.
final class Admission {
    private static final Duration LATER = Duration.ofSeconds(2);

    private final HeapPressure heap;
    private final Gate all;
    private final RouteGates routes;

    Admission(ProxyLimits limits, HeapPressure heap) {
        this.heap = heap;
        this.all = new Gate(Failure.Lack.REQUESTS, limits.bounds(limits.requests()));
        this.routes = new RouteGates(limits.bounds(limits.requestsPerRoute()));
    }

    /// Lets a request into the process.
    ///
    /// @throws ExchangeException there is no room for it (503)
    Gate.Place enter(Lifeline lifeline) {
        if (heap.refusesRequests()) {
            throw new ExchangeException(
                    new Failure.Overloaded(Failure.Lack.HEAP, "the gateway is short of memory", LATER));
        }
        return all.enter(lifeline);
    }

    /// Lets a request into its route.
    ///
    /// @throws ExchangeException there is no room for it (503)
    Gate.Place enter(RouteRef route, Lifeline lifeline) {
        return routes.enter(route.route(), lifeline);
    }

    /// Requests that wait to be let in.
    int queued() {
        return all.queued() + routes.queued();
    }

    /// Gates of routes that are kept.
    int gates() {
        return routes.size();
    }

    /// Forgets what nobody uses. To be called every now and then.
    void sweep() {
        routes.sweep();
    }
}
