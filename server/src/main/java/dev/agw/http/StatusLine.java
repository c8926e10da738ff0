package dev.agw.http;

/// Reads the first line of a response: `HTTP/1.1 200 OK`, the phrase optional (RFC 9112 §4).
final class StatusLine {
    private static final int SHORTEST = "HTTP/1.1 200".length();

    private StatusLine() {}

    static ResponseHead parse(byte[] head, Headers fields) throws MalformedMessageException {
        int end = FieldLines.lineEnd(head, 0);
        boolean shaped = end >= SHORTEST
                && head[0] == 'H'
                && head[1] == 'T'
                && head[2] == 'T'
                && head[3] == 'P'
                && head[4] == '/'
                && head[5] == '1'
                && head[6] == '.'
                && (head[7] == '1' || head[7] == '0')
                && head[8] == ' '
                && (end == SHORTEST || head[SHORTEST] == ' ');
        int status = shaped ? number(head) : 0;
        if (status < 100) {
            throw new MalformedMessageException(502, "the answer does not start with an HTTP/1 status line");
        }
        return new ResponseHead(status, head[7] - '0', fields);
    }

    private static int number(byte[] head) {
        int status = 0;
        for (int i = 9; i < SHORTEST; i++) {
            int digit = head[i] - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            status = status * 10 + digit;
        }
        return status;
    }
}
