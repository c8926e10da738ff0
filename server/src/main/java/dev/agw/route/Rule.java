package dev.agw.route;

import dev.agw.exchange.RouteRef;
import dev.agw.policy.FilterChain;
import dev.agw.policy.Mirror;
import dev.agw.policy.RetryPolicy;
import dev.agw.policy.Timeouts;
import dev.agw.resource.HttpRoute.ExtensionRef;
import java.util.List;

/// A rule of an HTTPRoute, ready to serve.
///
/// @param ref its names in metrics and logs
/// @param filters those that every request of the rule passes
/// @param mirrors where copies of its requests go
/// @param backends where they go; not asked if the filters answer
/// @param extensions references that are no fixed answers, TrafficPolicies say, for the caller to attach
/// @param <T> the caller's handle of a backend
public record Rule<T>(
        RouteRef ref,
        FilterChain filters,
        List<Mirror<T>> mirrors,
        Backends<T> backends,
        Timeouts timeouts,
        RetryPolicy retry,
        List<ExtensionRef> extensions) {}
