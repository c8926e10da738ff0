package dev.agw.http2;

/// One field line, or pseudo-header. Characters are bytes (ISO 8859-1).
public record HeaderField(String name, String value) {
    private static final String TOKEN_EXTRAS = "!#$%&'*+-.^_`|~";

    /// Whether a name is a token in lower case, as it must be to go on as a line of HTTP/1 (RFC 9113 §8.2.1).
    public static boolean validName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!plain && TOKEN_EXTRAS.indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /// What it counts in a dynamic table and in a list (RFC 7541 §4.1).
    public int size() {
        return name.length() + value.length() + 32;
    }
}
