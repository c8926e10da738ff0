package dev.agw.downstream;

import dev.agw.http.HeadLimits;
import java.time.Duration;

/// What a client's connection may cost.
///
/// @param connections most open connections of all ports together; further ones are closed at once
/// @param head bounds of a request head
/// @param idle longest wait for the next request on a kept-alive connection
/// @param headTimeout longest time from the first byte of a request to the end of its head
/// @param bodyTimeout longest time for a whole request body, from the first wait for it; zero is none
/// @param writeTimeout longest time that a client may take nothing of what is sent to it; zero is none
/// @param requests most requests on one connection; then it is closed
public record ConnectionLimits(
        int connections,
        HeadLimits head,
        Duration idle,
        Duration headTimeout,
        Duration bodyTimeout,
        Duration writeTimeout,
        int requests) {
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(
            10_000,
            HeadLimits.REQUEST,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            100_000);
}
