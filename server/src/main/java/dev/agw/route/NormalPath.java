package dev.agw.route;

import com.google.re2j.Pattern;
import java.util.Optional;

/*
 * The gateway and the backend must read a path alike, or a request slips past the rule that was written for it:
 * what stands as /%61dmin here is /admin there, and /public/..%2fadmin may be /admin there, too. So
 *
 * - percent-encoded unreserved characters (RFC 3986 §2.3) are compared as what they stand for, and the hex digits
 *   of all others in upper case. These are the equivalences that RFC 3986 §6.2.2 promises;
 * - an encoded slash stays encoded: /a%2Fb is one segment, since model names hold slashes;
 * - a path with a dot segment is refused, also where only a backend that decodes slashes, takes \ for / or drops
 *   ;parameters would see one. Clients resolve dot segments before they send, so this costs nobody anything;
 * - empty segments are kept: /a//b is not /a/b.
 *
 * The request goes on with its path as it came; the normal form is for matching alone.
 */
/// The form in which paths are compared.
final class NormalPath {
    private static final String SEPARATOR = "[/\\\\]|%2F|%5C";
    private static final Pattern DOT_SEGMENT =
            Pattern.compile("(?:^|" + SEPARATOR + ")\\.\\.?(?:$|;|%3B|" + SEPARATOR + ")");

    private NormalPath() {}

    /// The normal form of a raw path: the same string where nothing needs to change. Empty if the path has a dot
    /// segment, a NUL, or a `%` without two hex digits behind it.
    static Optional<String> of(String raw) {
        return isPlain(raw) ? Optional.of(raw) : decoded(raw).filter(path -> !hasDotSegment(path));
    }

    private static boolean isPlain(String path) {
        char before = '/';
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%' || c == '\\' || (c == '.' && before == '/')) {
                return false;
            }
            before = c;
        }
        return true;
    }

    private static boolean hasDotSegment(String path) {
        return DOT_SEGMENT.matcher(path).find();
    }

    private static Optional<String> decoded(String raw) {
        StringBuilder path = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '%') {
                path.append(c);
                continue;
            }
            int octet = octet(raw, i);
            if (octet <= 0) {
                return Optional.empty();
            }
            append(path, octet);
            i += 2;
        }
        return Optional.of(path.toString());
    }

    /// The octet that is encoded at `at`, or -1.
    private static int octet(String raw, int at) {
        if (at + 2 >= raw.length()) {
            return -1;
        }
        int high = hexDigit(raw.charAt(at + 1));
        int low = hexDigit(raw.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    // Not Character.digit alone: it takes the digits of every script.
    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static void append(StringBuilder path, int octet) {
        if (isUnreserved(octet)) {
            path.append((char) octet);
        } else {
            path.append('%').append(hexCharacter(octet >> 4)).append(hexCharacter(octet & 0xF));
        }
    }

    private static char hexCharacter(int digit) {
        return Character.toUpperCase(Character.forDigit(digit, 16));
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
