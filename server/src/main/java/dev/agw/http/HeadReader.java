package dev.agw.http;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * Strict on purpose. Whatever two parsers could read differently (bare LF, obs-fold, white space before the colon, NUL,
 * signs in lengths, a length beside chunks) is refused and never passed on: that is what request smuggling is made of.
 * https://www.rfc-editor.org/rfc/rfc9112
 */
/// Reads HTTP/1 message heads.
///
/// A head is first searched for its end, then copied once, then cut into lines; the copy becomes the store of its
/// [Headers].
public final class HeadReader {
    private static final int MAX_BLANK_LINES = 2;

    private final Input in;
    private final HeadLimits limits;

    public HeadReader(Input in, HeadLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /// Reads the head of a request; null if the connection ended before its first byte.
    ///
    /// @throws MalformedMessageException it breaks the rules or a limit
    /// @throws TruncatedMessageException the connection ended within it
    public @Nullable RequestHead request() throws IOException {
        byte[] head = read(400);
        return head == null ? null : new RequestLine(head, limits).parse(fields(head));
    }

    /// Reads the head of a response; null if the connection ended before its first byte.
    public @Nullable ResponseHead response() throws IOException {
        byte[] head = read(502);
        return head == null ? null : StatusLine.parse(head, fields(head));
    }

    /// Reads the field lines behind the last chunk of a body.
    Headers trailers() throws IOException {
        byte[] lines = readToBlankLine(400, true);
        return FieldLines.parse(lines, 0, limits.fields());
    }

    private Headers fields(byte[] head) throws MalformedMessageException {
        return FieldLines.parse(head, FieldLines.lineEnd(head, 0) + 2, limits.fields());
    }

    private byte @Nullable [] read(int status) throws IOException {
        if (in.available() == 0 && !in.fill()) {
            return null;
        }
        skipBlankLines(status);
        return readToBlankLine(status, false);
    }

    /// RFC 9112 §2.2: a server should ignore an empty line before the request line.
    private void skipBlankLines(int status) throws IOException {
        for (int skipped = 0; skipped < MAX_BLANK_LINES && in.peek(0) == '\r'; skipped++) {
            need(2);
            if (in.peek(1) != '\n') {
                throw new MalformedMessageException(status, "a carriage return stands alone");
            }
            in.skip(2);
            need(1);
        }
    }

    private void need(int bytes) throws IOException {
        while (in.available() < bytes) {
            if (!in.fill()) {
                throw new TruncatedMessageException("the connection ended within a message head");
            }
        }
    }

    /// Copies out everything up to and including the empty line. Every LF must follow a CR.
    private byte[] readToBlankLine(int status, boolean mayStartBlank) throws IOException {
        int lineStart = 0;
        int at = 0;
        while (true) {
            int end = in.available();
            for (; at < end; at++) {
                if (in.peek(at) == '\n') {
                    if (at == 0 || in.peek(at - 1) != '\r') {
                        throw new MalformedMessageException(status, "a line ends in a bare line feed");
                    }
                    if (at - 1 == lineStart && (lineStart > 0 || mayStartBlank)) {
                        return take(at + 1, status);
                    }
                    lineStart = at + 1;
                }
            }
            checkSize(end, lineStart, status);
            need(end + 1);
        }
    }

    private byte[] take(int length, int status) throws MalformedMessageException {
        if (length > limits.bytes()) {
            throw tooLarge(status);
        }
        byte[] head = Arrays.copyOfRange(in.array(), in.position(), in.position() + length);
        in.skip(length);
        return head;
    }

    private void checkSize(int size, int lineStart, int status) throws MalformedMessageException {
        if (status == 400 && lineStart == 0 && limits.target() > 0 && size > limits.target() + 32) {
            throw new MalformedMessageException(414, "the request target is longer than " + limits.target() + " bytes");
        }
        if (size >= limits.bytes()) {
            throw tooLarge(status);
        }
    }

    private MalformedMessageException tooLarge(int status) {
        return new MalformedMessageException(
                status == 400 ? 431 : status, "the header fields are longer than " + limits.bytes() + " bytes");
    }
}
