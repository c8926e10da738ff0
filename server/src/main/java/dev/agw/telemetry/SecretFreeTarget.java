package dev.agw.telemetry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Request targets as logs and traces may show them: query values whose name sounds like a secret become `***`.
final class SecretFreeTarget {
    private static final String MASK = "***";
    private static final List<String> SECRET_ENDINGS = List.of(
            "key", "token", "secret", "password", "passwd", "pwd", "signature", "sig", "credential", "auth", "jwt");
    private static final Set<String> SECRET_NAMES = Set.of("code", "authorization", "assertion", "sid");

    private SecretFreeTarget() {}

    /// Path and query as one target.
    static String of(String path, String query) {
        return query.isEmpty() ? path : path + "?" + query(query);
    }

    /// The query alone.
    static String query(String query) {
        if (query.indexOf('=') < 0) {
            return query;
        }
        StringBuilder shown = new StringBuilder(query.length());
        for (int start = 0; start < query.length(); ) {
            int end = separator(query, start);
            parameter(query, start, end, shown);
            if (end < query.length()) {
                shown.append(query.charAt(end));
            }
            start = end + 1;
        }
        return shown.toString();
    }

    private static int separator(String query, int start) {
        for (int i = start; i < query.length(); i++) {
            if (query.charAt(i) == '&' || query.charAt(i) == ';') {
                return i;
            }
        }
        return query.length();
    }

    private static void parameter(String query, int start, int end, StringBuilder shown) {
        int equals = query.indexOf('=', start);
        if (equals >= 0 && equals < end && secret(query.substring(start, equals))) {
            shown.append(query, start, equals + 1).append(MASK);
        } else {
            shown.append(query, start, end);
        }
    }

    private static boolean secret(String rawName) {
        String name = decoded(rawName).toLowerCase(Locale.ROOT);
        return SECRET_NAMES.contains(name) || SECRET_ENDINGS.stream().anyMatch(name::endsWith);
    }

    /// A name that cannot be decoded is kept as it came: no backend will find a secret under it either.
    private static String decoded(String rawName) {
        if (rawName.indexOf('%') < 0) {
            return rawName;
        }
        try {
            return URLDecoder.decode(rawName, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException expected) {
            return rawName;
        }
    }
}
