package dev.agw.proxy;

import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Request;
import dev.agw.http.Body;
import dev.agw.http.Room;
import dev.agw.policy.Mirror;
import dev.agw.route.Backends.Destination;
import dev.agw.route.Rule;
import dev.agw.telemetry.Chore;
import dev.agw.telemetry.Housekeeping;
import dev.agw.upstream.Origin;
import dev.agw.upstream.UpstreamClient;
import dev.agw.upstream.UpstreamRequest;
import dev.agw.upstream.UpstreamResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Sends copies of requests, body included, to other backends, and throws the answers away. The client never waits for
/// one nor learns of it.
///
/// A copy carries what the client sent, its credentials included, as those of other gateways do: whoever writes
/// the route chooses the mirror, and can have a filter of the rule take them away. What is the backend's alone is
/// not copied.
final class Mirrors {
    private static final System.Logger LOGGER = System.getLogger(Mirrors.class.getName());
    private static final int MOST_UNDER_WAY = 1000;

    private final UpstreamClient upstream;
    private final WholeBody bodies;
    private final Housekeeping housekeeping;
    private final Set<Lifeline> underWay = ConcurrentHashMap.newKeySet();

    Mirrors(UpstreamClient upstream, WholeBody bodies, Housekeeping housekeeping) {
        this.upstream = upstream;
        this.bodies = bodies;
        this.housekeeping = housekeeping;
    }

    /// Sends the copies that rule and backend ask for; the request to go on with, its body still to be read.
    Request copied(Passage passage, Rule<Target> rule, Destination<Target> destination) {
        if (rule.mirrors().isEmpty() && destination.mirrors().isEmpty()) {
            return passage.request();
        }
        List<Target> ofRule = chosen(rule.mirrors());
        List<Target> ofBackend = chosen(destination.mirrors());
        if (ofRule.isEmpty() && ofBackend.isEmpty()) {
            return passage.request();
        }
        byte[] body = bodies.of(passage, passage.request());
        ofRule.forEach(target -> send(passage, body, passage::filteredByRule, target));
        ofBackend.forEach(target -> send(passage, body, passage::filtered, target));
        return passage.request().withBody(Body.of(body));
    }

    private static List<Target> chosen(List<Mirror<Target>> mirrors) {
        return mirrors.stream().filter(Mirror::takes).map(Mirror::target).toList();
    }

    private void send(Passage passage, byte[] body, UnaryOperator<Request> filters, Target target) {
        switch (target) {
            case Target.Http plain -> {
                Request copy = passage.request().withBody(Body.of(body));
                send(passage, HttpExchange.outgoing(passage, copy, filters, plain.patience(), Room.UNBOUNDED), plain);
            }
            case Target.Ai models ->
                LOGGER.log(System.Logger.Level.DEBUG, () -> "mirrors go to plain backends, not to " + models.name());
        }
    }

    private void send(Passage passage, UpstreamRequest outgoing, Target.Http target) {
        if (underWay.size() >= MOST_UNDER_WAY) {
            LOGGER.log(System.Logger.Level.WARNING, "mirror " + target.name() + " is too slow; copies are left out");
            return;
        }
        Lifeline lifeline = new Lifeline(System.nanoTime());
        underWay.add(lifeline);
        BodyBudget.Lease held = passage.lease(bodies.budget());
        held.keep();
        Thread.startVirtualThread(() -> {
            try (held) {
                send(outgoing, target, lifeline);
            }
        });
    }

    private void send(UpstreamRequest outgoing, Target.Http target, Lifeline lifeline) {
        try (var pick = target.endpoints().pick(List.of());
                UpstreamResponse response = call(pick.endpoint().payload(), outgoing, lifeline)) {
            while (response.body().next()) {
                // thrown away
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(System.Logger.Level.DEBUG, () -> "a copy for " + target.name() + " failed: " + e);
        } finally {
            underWay.remove(lifeline);
        }
    }

    private UpstreamResponse call(Origin origin, UpstreamRequest outgoing, Lifeline lifeline) {
        return upstream.call(origin, outgoing.addressed(origin.authority()), lifeline);
    }

    /// Ends copies that take too long. For a sweeper.
    void sweep(long now) {
        underWay.forEach(lifeline -> housekeeping.attempt(Chore.MIRRORS, () -> lifeline.sweep(now)));
    }
}
