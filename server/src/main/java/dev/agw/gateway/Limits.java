package dev.agw.gateway;

import dev.agw.downstream.ConnectionLimits;
import dev.agw.http.HeadLimits;
import dev.agw.settings.AgwSettings;

/// The settings' limits in the words of the connections.
final class Limits {
    private static final int MOST_REQUESTS = 100_000;

    private Limits() {}

    static ConnectionLimits of(AgwSettings.Limits limits) {
        return new ConnectionLimits(
                limits.maxConnections() == 0 ? Integer.MAX_VALUE : limits.maxConnections(),
                new HeadLimits(limits.headerBytes(), limits.headerCount(), limits.uriBytes()),
                limits.idleTimeout(),
                limits.headerTimeout(),
                limits.bodyTimeout(),
                limits.writeTimeout(),
                MOST_REQUESTS);
    }
}
