package dev.agw.simulator;

import dev.agw.http.Headers;

/// A request as it reached the simulator.
///
/// @param path of the target, without the query
/// @param query without `?`; empty if there is none
/// @param body read as UTF-8
public record SeenRequest(String method, String path, String query, Headers headers, String body) {}
