package dev.agw.http;

import java.nio.charset.StandardCharsets;

/// Strings of JSON: from their bytes to Java's and back (RFC 8259 §7).
public final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /// The text between two quotes, escapes resolved. Bytes that are not UTF-8 and escapes that are broken
    /// become U+FFFD.
    static String decode(byte[] json, int start, int end) {
        int first = backslash(json, start, end);
        if (first == end) {
            return new String(json, start, end - start, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(end - start);
        int plain = start;
        for (int i = first; i < end; i = backslash(json, plain, end)) {
            text.append(new String(json, plain, i - plain, StandardCharsets.UTF_8));
            plain = appendEscape(json, i + 1, end, text);
        }
        return text.append(new String(json, plain, end - plain, StandardCharsets.UTF_8))
                .toString();
    }

    /// The first backslash; `end` if there is none.
    static int backslash(byte[] json, int from, int end) {
        int i = from;
        while (i < end && json[i] != '\\') {
            i++;
        }
        return i;
    }

    private static int appendEscape(byte[] json, int at, int end, StringBuilder text) {
        if (at == end) {
            text.append('\uFFFD');
            return end;
        }
        if (json[at] == 'u') {
            return appendUnicode(json, at + 1, end, text);
        }
        text.append(
                switch (json[at]) {
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case '"', '\\', '/' -> (char) json[at];
                    default -> '\uFFFD';
                });
        return at + 1;
    }

    private static int appendUnicode(byte[] json, int from, int end, StringBuilder text) {
        int code = 0;
        int stop = Math.min(end, from + 4);
        for (int i = from; i < stop; i++) {
            code = code << 4 | Character.digit(json[i], 16);
        }
        text.append(stop - from == 4 && code >= 0 ? (char) code : '\uFFFD');
        return stop;
    }

    /// `text` as a JSON string, quotes included, in UTF-8.
    public static byte[] quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 8).append('"');
        for (int i = 0; i < text.length(); i++) {
            appendQuoted(text.charAt(i), json);
        }
        return json.append('"').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void appendQuoted(char c, StringBuilder json) {
        switch (c) {
            case '"', '\\' -> json.append('\\').append(c);
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                if (c < ' ') {
                    json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
                } else {
                    json.append(c);
                }
            }
        }
    }
}
