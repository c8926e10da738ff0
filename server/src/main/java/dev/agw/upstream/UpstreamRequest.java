package dev.agw.upstream;

import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import java.util.function.ObjIntConsumer;

/// A request to a backend.
///
/// @param target path and query, as they go on the wire
/// @param headers end-to-end fields, `Host` included. Framing fields and `Expect` in it are not sent: framing is
///     this side's business, and the body is sent without asking
/// @param upgrade the protocol to ask for by `Upgrade`, mostly `websocket`; empty for none
/// @param patience how long the backend may take
/// @param hints is shown each 103 that comes before the answer
public record UpstreamRequest(
        String method,
        String target,
        Headers headers,
        Payload payload,
        String upgrade,
        Patience patience,
        ObjIntConsumer<Headers> hints) {
    public UpstreamRequest {
        if (target.isEmpty() || !visible(target)) {
            throw new IllegalArgumentException("the target of a request must be visible ASCII");
        }
    }

    private static boolean visible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7F) {
                return false;
            }
        }
        return true;
    }

    /// A request that asks for no upgrade and drops hints.
    public UpstreamRequest(String method, String target, Headers headers, Payload payload, Patience patience) {
        this(method, target, headers, payload, "", patience, UpstreamRequest::unheard);
    }

    /// The same request, asking for another protocol.
    public UpstreamRequest upgrading(String protocol) {
        return new UpstreamRequest(method, target, headers, payload, protocol, patience, hints);
    }

    /// The same request, passing 103 (Early Hints) on.
    public UpstreamRequest hinting(ObjIntConsumer<Headers> listener) {
        return new UpstreamRequest(method, target, headers, payload, upgrade, patience, listener);
    }

    /// The same request; one that names no host, as HTTP/1.0 allows, is for `authority`.
    public UpstreamRequest addressed(String authority) {
        if (!headers.first(HeaderName.HOST).orElse("").isEmpty()) {
            return this;
        }
        Headers named = headers.copy().set(HeaderName.HOST, authority);
        return new UpstreamRequest(method, target, named, payload, upgrade, patience, hints);
    }

    private static void unheard(Headers headers, int status) {}

    UpstreamRequest withPayload(Payload other) {
        return new UpstreamRequest(method, target, headers, other, upgrade, patience, hints);
    }

    /// Nanoseconds that a backend may take; zero for no bound.
    ///
    /// @param headNanos from the first byte of the request (for a large one: from its last) until the head of the
    ///     answer; zero: as long as `idleNanos`. Connecting has its own bounds, in [ConnectionSettings]
    /// @param idleNanos between two signs of life in either direction
    public record Patience(long headNanos, long idleNanos) {}
}
