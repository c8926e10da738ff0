package dev.agw.proxy;

import dev.agw.exchange.Exchange;
import dev.agw.exchange.Request;
import dev.agw.http.Authority;
import dev.agw.http.ClientClaims;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.http.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Predicate;

/*
 * Of a client's own words nothing is kept: they could be anything. A trusted proxy's chain is continued, and what it says
 * of the first connection (scheme, host, port) is kept if it is one sound value.
 */
/// Tells a backend who the client is and what it asked for: X-Forwarded-For, -Proto, -Host and -Port, and Forwarded
/// (RFC 7239) where a trusted proxy began one.
final class ClientNote {
    private static final HeaderName FORWARDED_PORT = HeaderName.of("X-Forwarded-Port");
    private static final int LAST_PORT = 65_535;

    private final Exchange exchange;
    private final Headers headers;

    /// @param headers of the request to the backend, as the client sent them
    ClientNote(Exchange exchange, Headers headers) {
        this.exchange = exchange;
        this.headers = headers;
    }

    /// @param port of the listener that took the request
    void write(int port) {
        String peer = address(request().peer());
        if (exchange.proxied()) {
            ClientClaims.dropDisguised(headers);
            append(HeaderName.X_FORWARDED_FOR, peer);
            if (headers.has(HeaderName.FORWARDED)) {
                append(HeaderName.FORWARDED, element(peer));
            }
        } else {
            ClientClaims.drop(headers);
            headers.set(HeaderName.X_FORWARDED_FOR, peer);
        }
        keepOrSet(HeaderName.X_FORWARDED_PROTO, ClientNote::isScheme, request().scheme());
        keepOrSet(HeaderName.X_FORWARDED_HOST, Authority::valid, request().authority());
        keepOrSet(FORWARDED_PORT, text -> IpLiteral.number(text, LAST_PORT) > 0, Integer.toString(port));
    }

    private Request request() {
        return exchange.request();
    }

    private void append(HeaderName name, String value) {
        String chain = String.join(", ", headers.all(name));
        headers.set(name, chain.isEmpty() ? value : chain + ", " + value);
    }

    private void keepOrSet(HeaderName name, Predicate<String> sound, String own) {
        boolean kept =
                headers.count(name) == 1 && headers.first(name).filter(sound).isPresent();
        if (kept) {
            return;
        }
        headers.remove(name);
        if (!own.isEmpty()) {
            headers.add(name, own);
        }
    }

    /// `for=10.0.0.1;host="example.com:8080";proto=https`.
    private String element(String peer) {
        String node = peer.indexOf(':') < 0 ? peer : "\"[" + peer + "]\"";
        String host = request().authority();
        return "for=" + node + (host.isEmpty() ? "" : ";host=\"" + host + "\"") + ";proto="
                + request().scheme();
    }

    private static boolean isScheme(String text) {
        return text.equals("http") || text.equals("https");
    }

    private static String address(InetSocketAddress peer) {
        InetAddress address = peer.getAddress();
        return address == null ? "unknown" : address.getHostAddress();
    }
}
