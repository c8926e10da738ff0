package dev.agw.http;

import java.util.List;
import java.util.Set;

/// Which fields of a message a proxy hands on (RFC 9110 §7.6.1).
public final class EndToEnd {
    /// Of this connection alone. Content-Length is here because each side frames its own message.
    private static final HeaderName[] OF_CONNECTION = {
        HeaderName.CONNECTION,
        HeaderName.KEEP_ALIVE,
        HeaderName.PROXY_CONNECTION,
        HeaderName.TE,
        HeaderName.TRAILER,
        HeaderName.TRANSFER_ENCODING,
        HeaderName.UPGRADE,
        HeaderName.PROXY_AUTHENTICATE,
        HeaderName.PROXY_AUTHORIZATION,
        HeaderName.CONTENT_LENGTH,
        HeaderName.EXPECT,
        HeaderName.of("HTTP2-Settings"),
    };

    /// Not to be taken away by naming them in Connection: a client could rid a request of what it is checked by or
    /// attributed with, and a backend an answer of what protects the client.
    private static final Set<String> PROTECTED = Set.of(
            "authorization",
            "api-key",
            "x-api-key",
            "x-goog-api-key",
            "cookie",
            "set-cookie",
            "host",
            "origin",
            "date",
            "location",
            "cache-control",
            "vary",
            "via",
            "forwarded",
            "x-real-ip",
            "x-request-id",
            "traceparent",
            "tracestate",
            "www-authenticate",
            "strict-transport-security");

    private static final List<String> PROTECTED_FAMILIES = List.of("content-", "x-forwarded-", "access-control-");

    private EndToEnd() {}

    /// The fields of `headers` that are not for this connection alone, in a store of their own.
    public static Headers of(Headers headers) {
        Headers kept = headers.copy();
        for (HeaderName name : OF_CONNECTION) {
            kept.remove(name);
        }
        if (headers.has(HeaderName.CONNECTION)) {
            for (String list : headers.all(HeaderName.CONNECTION)) {
                removeNominated(kept, list);
            }
        }
        return kept;
    }

    private static boolean isPlain(String connection) {
        return connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close");
    }

    private static void removeNominated(Headers headers, String list) {
        if (isPlain(list)) {
            return;
        }
        for (int start = 0; start <= list.length(); ) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            HeaderName name = HeaderName.of(list.substring(start, end).strip());
            if (!isProtected(name.toString())) {
                headers.remove(name);
            }
            start = end + 1;
        }
    }

    private static boolean isProtected(String name) {
        return PROTECTED.contains(name) || PROTECTED_FAMILIES.stream().anyMatch(name::startsWith);
    }
}
