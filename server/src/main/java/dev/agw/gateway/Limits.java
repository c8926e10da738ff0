package dev.agw.gateway;

import dev.agw.downstream.ConnectionLimits;
import dev.agw.http.HeadLimits;
import dev.agw.proxy.ProxyLimits;
import dev.agw.settings.AgwSettings;

/// The settings' limits in the words of the connections.
final class Limits {
    private static final int MOST_REQUESTS = 100_000;
    private static final int PERCENT = 100;

    private Limits() {}

    static ConnectionLimits of(AgwSettings settings) {
        AgwSettings.Limits limits = settings.limits();
        return new ConnectionLimits(
                orUnlimited(limits.maxConnections()),
                new HeadLimits(limits.headerBytes(), limits.headerCount(), limits.uriBytes()),
                limits.idleTimeout(),
                limits.headerTimeout(),
                limits.bodyTimeout(),
                limits.writeTimeout(),
                MOST_REQUESTS,
                new ConnectionLimits.Suspicion(
                        orUnlimited(limits.maxConnectionsPerClient()),
                        limits.firstByteTimeout(),
                        limits.bodyRate(),
                        limits.bodyGrace(),
                        share(limits.heapForHeads())),
                new ConnectionLimits.Http2(
                        limits.http2Streams(), limits.http2StreamWindow(), limits.http2ConnectionWindow()),
                settings.clients().halfClose() == AgwSettings.HalfClose.answer);
    }

    /// The settings' limits in the words of the request path.
    static ProxyLimits ofRequests(AgwSettings.Limits limits) {
        return new ProxyLimits(
                orUnlimited(limits.maxRequests()),
                orUnlimited(limits.maxRequestsPerRoute()),
                limits.maxQueuedRequests(),
                limits.queueTimeout(),
                limits.bodyBytes(),
                share(limits.heapForBodies()),
                limits.jsonDepth(),
                limits.tunnelIdleTimeout());
    }

    /// Bytes of the heap.
    private static long share(int percent) {
        return Runtime.getRuntime().maxMemory() / PERCENT * percent;
    }

    /// The settings say 0 for what has no bound.
    private static int orUnlimited(int most) {
        return most == 0 ? Integer.MAX_VALUE : most;
    }
}
