package dev.agw.http;

import java.util.Optional;

/// How the end of an HTTP/1 body is told (RFC 9112 §6).
public sealed interface Framing {
    /// No body at all.
    record None() implements Framing {}

    /// A body of so many bytes.
    record Length(long bytes) implements Framing {}

    /// Chunks.
    record Chunked() implements Framing {}

    /// All that comes until the connection ends; responses only.
    record UntilClose() implements Framing {}

    None NONE = new None();
    Chunked CHUNKED = new Chunked();
    UntilClose UNTIL_CLOSE = new UntilClose();

    /// The framing of a request's body.
    ///
    /// @throws MalformedMessageException lengths that contradict, or a transfer coding other than chunked
    static Framing ofRequest(RequestHead head) throws MalformedMessageException {
        Headers headers = head.headers();
        if (headers.has(HeaderName.TRANSFER_ENCODING)) {
            requireChunkedAlone(headers, head.minor(), 400);
            return CHUNKED;
        }
        long length = length(headers, 400);
        return length <= 0 ? NONE : new Length(length);
    }

    /// The framing of the body of a response to a request with this method.
    static Framing ofResponse(String method, ResponseHead head) throws MalformedMessageException {
        Headers headers = head.headers();
        boolean chunked = headers.has(HeaderName.TRANSFER_ENCODING);
        if (chunked) {
            requireChunkedAlone(headers, head.minor(), 502);
        }
        long length = length(headers, 502);
        if (bodiless(method, head.status())) {
            return NONE;
        }
        if (chunked) {
            return CHUNKED;
        }
        if (length < 0) {
            return UNTIL_CLOSE;
        }
        return length == 0 ? NONE : new Length(length);
    }

    /// Whether a response has no body whatever its fields say (RFC 9112 §6.3).
    static boolean bodiless(String method, int status) {
        return method.equals("HEAD") || status < 200 || status == 204 || status == 304;
    }

    /// The value of Content-Length; -1 if there is none.
    static long length(Headers headers, int status) throws MalformedMessageException {
        Optional<String> value = headers.first(HeaderName.CONTENT_LENGTH);
        if (value.isEmpty()) {
            return -1;
        }
        if (headers.count(HeaderName.CONTENT_LENGTH) > 1) {
            throw new MalformedMessageException(status, "there is more than one Content-Length");
        }
        return digits(value.get(), status);
    }

    private static long digits(String text, int status) throws MalformedMessageException {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new MalformedMessageException(status, "Content-Length is not a number");
            }
            length = length * 10 + digit;
        }
        if (text.isEmpty() || text.length() > 18) {
            throw new MalformedMessageException(status, "Content-Length is not a number that could be");
        }
        return length;
    }

    private static void requireChunkedAlone(Headers headers, int minor, int status) throws MalformedMessageException {
        if (headers.has(HeaderName.CONTENT_LENGTH)) {
            throw new MalformedMessageException(status, "Content-Length stands beside Transfer-Encoding");
        }
        if (minor == 0) {
            throw new MalformedMessageException(status, "HTTP/1.0 knows no Transfer-Encoding");
        }
        String coding = headers.first(HeaderName.TRANSFER_ENCODING).orElse("");
        if (headers.count(HeaderName.TRANSFER_ENCODING) > 1 || !coding.equalsIgnoreCase("chunked")) {
            throw new MalformedMessageException(
                    status == 400 ? 501 : status, "the transfer coding is something else than chunked");
        }
    }
}
