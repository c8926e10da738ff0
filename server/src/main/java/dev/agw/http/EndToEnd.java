package dev.agw.http;

import java.util.List;
import java.util.Optional;

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

    /// Not to be taken away by naming them in Connection: a client could rid a request of what it is checked by.
    private static final List<HeaderName> PROTECTED =
            List.of(HeaderName.AUTHORIZATION, HeaderName.CONTENT_TYPE, HeaderName.HOST, HeaderName.CONTENT_ENCODING);

    private EndToEnd() {}

    /// The fields of `headers` that are not for this connection alone, in a store of their own.
    public static Headers of(Headers headers) {
        Headers kept = headers.copy();
        for (HeaderName name : OF_CONNECTION) {
            kept.remove(name);
        }
        Optional<String> nominated = headers.first(HeaderName.CONNECTION);
        if (nominated.isPresent() && !isPlain(nominated.get())) {
            headers.all(HeaderName.CONNECTION).forEach(list -> removeNominated(kept, list));
        }
        return kept;
    }

    private static boolean isPlain(String connection) {
        return connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close");
    }

    private static void removeNominated(Headers headers, String list) {
        for (int start = 0; start <= list.length(); ) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            HeaderName name = HeaderName.of(list.substring(start, end).strip());
            if (!PROTECTED.contains(name)) {
                headers.remove(name);
            }
            start = end + 1;
        }
    }
}
