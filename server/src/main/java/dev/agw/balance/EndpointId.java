package dev.agw.balance;

/// What makes an endpoint the same endpoint across reloads.
///
/// @param backend `namespace/name` of the backend
/// @param name within the backend: `host:port`, or the provider's name
public record EndpointId(String backend, String name) {}
