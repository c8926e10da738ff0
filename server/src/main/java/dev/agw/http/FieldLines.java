package dev.agw.http;

/// Cuts `name: value` lines into a [Headers], refusing everything that RFC 9112 §5 refuses.
final class FieldLines {
    private static final boolean[] TOKEN = new boolean[256];

    static {
        for (char c = '0'; c <= '9'; c++) {
            TOKEN[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            TOKEN[c] = true;
            TOKEN[c - 32] = true;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private FieldLines() {}

    static boolean isToken(byte b) {
        return TOKEN[b & 0xFF];
    }

    /// Where the CR of the line that holds `from` stands.
    static int lineEnd(byte[] head, int from) {
        int at = from;
        while (head[at] != '\r' || head[at + 1] != '\n') {
            at++;
        }
        return at;
    }

    /// @param head lines ended by CRLF, closed by an empty line
    /// @param from start of the first line
    static Headers parse(byte[] head, int from, int most) throws MalformedMessageException {
        Headers headers = Headers.parsed(head, 12);
        int at = from;
        while (head[at] != '\r') {
            if (headers.size() == most) {
                throw MalformedMessageException.tooManyFields(most);
            }
            at = line(head, at, headers);
        }
        if (at != head.length - 2) {
            throw new MalformedMessageException(400, "a carriage return stands alone");
        }
        return headers;
    }

    private static int line(byte[] head, int start, Headers headers) throws MalformedMessageException {
        int colon = start;
        int hash = 0;
        while (TOKEN[head[colon] & 0xFF]) {
            hash = hash * 31 + HeaderName.lower(head[colon++]);
        }
        if (head[colon] != ':' || colon == start) {
            throw new MalformedMessageException(400, "a header field has no valid name");
        }
        int valueStart = colon + 1;
        while (isBlank(head[valueStart])) {
            valueStart++;
        }
        int end = valueEnd(head, valueStart);
        int valueEnd = end;
        while (valueEnd > valueStart && isBlank(head[valueEnd - 1])) {
            valueEnd--;
        }
        headers.recordParsed(start, colon, valueStart, valueEnd, hash);
        return end + 2;
    }

    private static int valueEnd(byte[] head, int from) throws MalformedMessageException {
        int at = from;
        while (true) {
            byte b = head[at];
            if ((b < ' ' && b >= 0 && b != '\t') || b == 0x7F) {
                if (b == '\r' && head[at + 1] == '\n') {
                    return at;
                }
                throw new MalformedMessageException(400, "a header value holds a control character");
            }
            at++;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
