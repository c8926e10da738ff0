package dev.agw.balance;

/// A place that a backend's requests can go to.
///
/// @param weight share of the requests among the endpoints of its group; 0: none
/// @param payload what the caller needs to call it
/// @param health shared by all snapshots that name the same endpoint
public record Endpoint<T>(EndpointId id, int weight, T payload, EndpointHealth health) {}
