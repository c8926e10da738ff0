package dev.agw.gateway;

/// An address that the process listens on.
///
/// @param what `http`, `metrics`, `readiness` or `admin`
/// @param address `host:port`, with the port that is really open
public record Listening(String what, String address, int port) {}
