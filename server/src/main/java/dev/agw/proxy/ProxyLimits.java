package dev.agw.proxy;

import java.time.Duration;

/// What requests may take of the process.
///
/// @param requests most that are served at a time
/// @param requestsPerRoute most of one HTTPRoute that are served at a time
/// @param queued most that wait for one of these
/// @param patience how long they wait
/// @param bodyBytes most bytes of a body that has to be read whole
/// @param allBodies most bytes of all such bodies together
/// @param jsonDepth most levels of nesting in a body for models
/// @param tunnelIdle longest silence of a connection behind an upgrade; zero is without bound
public record ProxyLimits(
        int requests,
        int requestsPerRoute,
        int queued,
        Duration patience,
        int bodyBytes,
        long allBodies,
        int jsonDepth,
        Duration tunnelIdle) {

    Gate.Bounds bounds(int most) {
        return new Gate.Bounds(most, queued, patience);
    }
}
