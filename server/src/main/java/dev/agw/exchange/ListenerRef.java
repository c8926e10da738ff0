package dev.agw.exchange;

/// The names under which metrics and logs know a listener.
///
/// @param bind `port/namespace/gateway`, for example `8080/agentgateway-system/agentgateway-proxy`
/// @param gateway `namespace/name` of the Gateway
/// @param listener name of the listener within the Gateway
public record ListenerRef(String bind, String gateway, String listener) {}
