package dev.agw.policy;

import dev.agw.exchange.Request;
import dev.agw.http.Body;
import dev.agw.http.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Requests for tests: `Requests.of("GET", "http://example.com/path?query", "name", "value")`.
public final class Requests {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);

    private Requests() {}

    public static Request get(String url, String... fields) {
        return of("GET", url, fields);
    }

    public static Request of(String method, String url, String... fields) {
        int host = url.indexOf("://") + 3;
        int path = url.indexOf('/', host);
        int query = url.indexOf('?', path);
        return new Request(
                method,
                query < 0 ? url.substring(path) : url.substring(path, query),
                query < 0 ? "" : url.substring(query + 1),
                url.substring(host, path),
                url.substring(0, host - 3),
                "HTTP/1.1",
                Headers.of(fields),
                Body.EMPTY,
                PEER);
    }
}
