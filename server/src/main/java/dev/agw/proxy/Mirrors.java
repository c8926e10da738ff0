package dev.agw.proxy;

import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Request;
import dev.agw.http.Body;
import dev.agw.policy.Mirror;
import dev.agw.route.Backends.Destination;
import dev.agw.route.Rule;
import dev.agw.upstream.UpstreamClient;
import dev.agw.upstream.UpstreamRequest;
import dev.agw.upstream.UpstreamResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Sends copies of requests, body included, to other backends, and throws the answers away. The client never waits for
/// one nor learns of it.
final class Mirrors {
    private static final System.Logger LOGGER = System.getLogger(Mirrors.class.getName());
    private static final int MOST_UNDER_WAY = 1000;

    private final UpstreamClient upstream;
    private final WholeBody bodies;
    private final Set<Lifeline> underWay = ConcurrentHashMap.newKeySet();

    Mirrors(UpstreamClient upstream, WholeBody bodies) {
        this.upstream = upstream;
        this.bodies = bodies;
    }

    /// Sends the copies that rule and backend ask for; the request to go on with, its body still to be read.
    Request copied(Passage passage, Rule<Target> rule, Destination<Target> destination) {
        if (rule.mirrors().isEmpty() && destination.mirrors().isEmpty()) {
            return passage.request();
        }
        List<Target> targets = new ArrayList<>();
        rule.mirrors().stream().filter(Mirror::takes).map(Mirror::target).forEach(targets::add);
        destination.mirrors().stream().filter(Mirror::takes).map(Mirror::target).forEach(targets::add);
        return targets.isEmpty() ? passage.request() : copied(passage, targets);
    }

    private Request copied(Passage passage, List<Target> targets) {
        byte[] body = bodies.of(passage, passage.request());
        for (Target target : targets) {
            Request copy = passage.request().withBody(Body.of(body));
            switch (target) {
                case Target.Http plain -> send(passage, copy, plain);
                case Target.Ai models ->
                    LOGGER.log(
                            System.Logger.Level.DEBUG, () -> "mirrors go to plain backends, not to " + models.name());
            }
        }
        return passage.request().withBody(Body.of(body));
    }

    private void send(Passage passage, Request copy, Target.Http target) {
        if (underWay.size() >= MOST_UNDER_WAY) {
            LOGGER.log(System.Logger.Level.WARNING, "mirror " + target.name() + " is too slow; copies are left out");
            return;
        }
        UpstreamRequest outgoing = HttpExchange.outgoing(passage, copy, target.patience());
        Lifeline lifeline = new Lifeline(System.nanoTime());
        underWay.add(lifeline);
        BodyBudget.Lease body = passage.lease(bodies.budget());
        body.keep();
        Thread.startVirtualThread(() -> {
            try (body) {
                send(outgoing, target, lifeline);
            }
        });
    }

    private void send(UpstreamRequest outgoing, Target.Http target, Lifeline lifeline) {
        try (var pick = target.endpoints().pick(List.of());
                UpstreamResponse response = upstream.call(pick.endpoint().payload(), outgoing, lifeline)) {
            while (response.body().next()) {
                // thrown away
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(System.Logger.Level.DEBUG, () -> "a copy for " + target.name() + " failed: " + e);
        } finally {
            underWay.remove(lifeline);
        }
    }

    /// Ends copies that take too long. For a sweeper.
    void sweep(long now) {
        underWay.forEach(lifeline -> lifeline.sweep(now));
    }
}
