package dev.agw.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Looks a parameter up in a raw query, decoded the way forms are (`+` is a space).
final class QueryParameters {
    private QueryParameters() {}

    /// The value of the first parameter of this name; empty text if it has none.
    static Optional<String> first(String query, String name) {
        for (int start = 0; start < query.length(); ) {
            int end = endOf(query, start);
            int equals = query.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (decoded(query.substring(start, nameEnd)).equals(name)) {
                return Optional.of(decoded(query.substring(Math.min(nameEnd + 1, end), end)));
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    private static int endOf(String query, int start) {
        int end = query.indexOf('&', start);
        return end < 0 ? query.length() : end;
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
