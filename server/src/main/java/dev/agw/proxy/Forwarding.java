package dev.agw.proxy;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.Request;
import dev.agw.http.ClientClaims;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a backend is told of the way here.
final class Forwarding {
    /// Another HTTP version, or TLS, would carry requests past routes and policies.
    private static final Pattern UNFIT_FOR_TUNNELS = Pattern.compile("h2c?|h3|(?:http|tls|spdy)(?:/.*)?|.*[,\\s].*");

    private Forwarding() {}

    /// The request's id and its place in a trace.
    static void trace(Headers headers, Exchange exchange) {
        headers.set(HeaderName.X_REQUEST_ID, exchange.requestId());
        if (exchange.trace().exists()) {
            headers.set(HeaderName.TRACEPARENT, exchange.trace().traceparent());
        }
    }

    /// Removes everything that tells who the client is: for providers it is nobody but the gateway.
    static void conceal(Headers headers) {
        ClientClaims.drop(headers);
    }

    /// The protocol that the client wants to switch to; empty if none, or none that may be switched to.
    static String upgrade(Request request) {
        Headers headers = request.headers();
        boolean asks = request.version().equals("HTTP/1.1")
                && headers.count(HeaderName.UPGRADE) == 1
                && headers.hasToken(HeaderName.CONNECTION, "upgrade");
        String protocol = asks ? headers.first(HeaderName.UPGRADE).orElse("") : "";
        return UNFIT_FOR_TUNNELS.matcher(protocol.toLowerCase(Locale.ROOT)).matches() ? "" : protocol;
    }
}
