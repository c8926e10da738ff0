package dev.agw.exchange;

/// The names under which metrics and logs know a rule of a route.
///
/// @param route `namespace/name` of the HTTPRoute
/// @param rule the rule's own name, or its index within the route
public record RouteRef(String route, String rule) {
    /// No route matched.
    public static final RouteRef UNKNOWN = new RouteRef("unknown", "unknown");
}
