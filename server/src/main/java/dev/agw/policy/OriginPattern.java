package dev.agw.policy;

import java.util.Locale;

/// An allowed origin: `https://app.example`, or with one `*` for the labels in front of a host, for a whole host
/// or for a port.
///
/// @param head what stands in front of the `*`, in lower case; the whole origin if there is none
/// @param tail what stands behind it
record OriginPattern(String head, String tail, boolean wildcard) {

    static OriginPattern of(String configured) {
        String origin = configured.toLowerCase(Locale.ROOT);
        int star = origin.indexOf('*');
        return star < 0
                ? new OriginPattern(origin, "", false)
                : new OriginPattern(origin.substring(0, star), origin.substring(star + 1), true);
    }

    boolean matches(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (!wildcard) {
            return lower.equals(head);
        }
        return lower.length() > head.length() + tail.length()
                && lower.startsWith(head)
                && lower.endsWith(tail)
                && isName(lower, head.length(), lower.length() - tail.length());
    }

    // What the star stands for may not reach over a ':' or '/', or https://* would allow more than hosts.
    private static boolean isName(String origin, int start, int end) {
        return origin.substring(start, end).chars().allMatch(OriginPattern::isNameCharacter);
    }

    private static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    }
}
