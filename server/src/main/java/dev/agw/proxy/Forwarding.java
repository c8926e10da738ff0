package dev.agw.proxy;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.Request;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import java.net.InetAddress;

/// What a backend is told about the client and the way here.
final class Forwarding {
    private static final HeaderName FORWARDED_PORT = HeaderName.of("X-Forwarded-Port");
    private static final HeaderName REAL_IP = HeaderName.of("X-Real-IP");

    private Forwarding() {}

    /// Who the client is. What the client claims about itself is replaced: it could be anything.
    static void tell(Headers headers, Request request) {
        headers.remove(HeaderName.FORWARDED);
        headers.remove(FORWARDED_PORT);
        headers.remove(REAL_IP);
        InetAddress address = request.peer().getAddress();
        headers.set(HeaderName.X_FORWARDED_FOR, address == null ? "unknown" : address.getHostAddress());
        headers.set(HeaderName.X_FORWARDED_PROTO, request.scheme());
        headers.set(HeaderName.X_FORWARDED_HOST, request.authority());
    }

    /// Removes everything that tells who the client is: for providers it is nobody but the gateway.
    static void conceal(Headers headers) {
        headers.remove(HeaderName.FORWARDED);
        headers.remove(HeaderName.X_FORWARDED_FOR);
        headers.remove(HeaderName.X_FORWARDED_HOST);
        headers.remove(HeaderName.X_FORWARDED_PROTO);
        headers.remove(FORWARDED_PORT);
        headers.remove(REAL_IP);
    }

    /// The request's id and its place in a trace.
    static void trace(Headers headers, Exchange exchange) {
        headers.set(HeaderName.X_REQUEST_ID, exchange.requestId());
        if (exchange.trace().exists()) {
            headers.set(HeaderName.TRACEPARENT, exchange.trace().traceparent());
        }
    }

    /// The protocol that the client wants to switch to; empty if none, or none that its HTTP version could switch to.
    static String upgrade(Request request) {
        boolean asks = request.version().equals("HTTP/1.1")
                && request.headers().has(HeaderName.UPGRADE)
                && request.headers().hasToken(HeaderName.CONNECTION, "upgrade");
        return asks ? request.headers().first(HeaderName.UPGRADE).orElse("") : "";
    }
}
