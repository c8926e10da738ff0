package dev.agw.http;

/// Host and port, as Host fields and `:authority` name them (RFC 9110 §4.2).
///
/// Stricter than the grammar: user names, percent-encoding and the delimiters that no host name holds are refused,
/// since a backend may read a host, a list or a path out of them that no route was asked about.
public final class Authority {
    private Authority() {}

    /// Whether `text` is `name`, `name:port`, `[IPv6]` or `[IPv6]:port`.
    public static boolean valid(String text) {
        int end = text.startsWith("[") ? bracketEnd(text) : nameEnd(text);
        return end > 0 && IpLiteral.isPort(text, end);
    }

    private static int bracketEnd(String text) {
        int end = text.indexOf(']');
        boolean six = end > 0 && text.indexOf(':') < end && text.indexOf(':') > 0;
        return six && IpLiteral.parse(text.substring(1, end)).isPresent() ? end + 1 : 0;
    }

    private static int nameEnd(String text) {
        int at = 0;
        while (at < text.length() && isNameCharacter(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
