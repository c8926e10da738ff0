package dev.agw.gateway;

import dev.agw.policy.RetryPolicy;
import dev.agw.policy.Timeouts;
import dev.agw.proxy.Patience;
import dev.agw.proxy.RoutedRule;
import dev.agw.proxy.Target;
import dev.agw.resource.Gateway;
import dev.agw.resource.HttpRoute;
import dev.agw.resource.ResourceSet;
import dev.agw.resource.TrafficPolicy;
import dev.agw.route.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What TrafficPolicies add to rules: what stands nearest to a request wins, the rule itself first, then policies its
/// filters name, then those of its route, then those of the Gateway.
final class Policies {
    private final ResourceSet resources;
    private final List<TrafficPolicy> ofGateways = new ArrayList<>();

    Policies(ResourceSet resources) {
        this.resources = resources;
        for (Gateway gateway : resources.gateways()) {
            ofGateways.addAll(resources.trafficPolicies(gateway.key()));
        }
    }

    RoutedRule applied(HttpRoute route, Rule<Target> rule) {
        List<TrafficPolicy.Spec> policies = Stream.of(named(route, rule), ofRoute(route), ofGateways.stream())
                .flatMap(Function.identity())
                .map(TrafficPolicy::spec)
                .toList();
        Patience patience = new Patience(
                or(rule.timeouts().requestNanos(), policies, TrafficPolicy.Timeouts::request),
                or(rule.timeouts().backendRequestNanos(), policies, TrafficPolicy.Timeouts::backendRequest),
                or(0, policies, TrafficPolicy.Timeouts::firstToken),
                or(0, policies, TrafficPolicy.Timeouts::streamIdle));
        return new RoutedRule(rule, patience, retry(rule.retry(), policies));
    }

    private Stream<TrafficPolicy> named(HttpRoute route, Rule<Target> rule) {
        return rule.extensions().stream()
                .filter(ref -> ref.kind().equals("TrafficPolicy"))
                .flatMap(ref ->
                        resources.find(TrafficPolicy.class, route.metadata().namespace(), ref.name()).stream());
    }

    private Stream<TrafficPolicy> ofRoute(HttpRoute route) {
        return resources.trafficPolicies(route.key()).stream();
    }

    /// The rule's own limit, else the first that a policy sets; 0 if nobody says anything.
    static long or(
            long own, List<TrafficPolicy.Spec> policies, Function<TrafficPolicy.Timeouts, Optional<Duration>> timeout) {
        if (own > 0) {
            return own;
        }
        return policies.stream()
                .flatMap(policy -> policy.timeouts().flatMap(timeout).stream())
                .findFirst()
                .map(Timeouts::nanos)
                .orElse(0L);
    }

    static RetryPolicy retry(RetryPolicy own, List<TrafficPolicy.Spec> policies) {
        if (own.attempts() > 0) {
            return own;
        }
        return policies.stream()
                .flatMap(policy -> policy.retry().stream())
                .findFirst()
                .map(RetryPolicy::of)
                .orElse(RetryPolicy.NONE);
    }
}
