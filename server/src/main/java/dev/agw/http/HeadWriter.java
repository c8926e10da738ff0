package dev.agw.http;

import java.nio.charset.StandardCharsets;

/// Writes HTTP/1.1 message heads and chunks into an [Output].
public final class HeadWriter {
    private static final byte[] HTTP = ascii("HTTP/1.1 ");
    private static final byte[] TARGET_END = ascii(" HTTP/1.1\r\n");
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");
    private static final byte[] OK = ascii("HTTP/1.1 200 OK\r\n");

    private HeadWriter() {}

    /// `POST /v1/chat/completions HTTP/1.1`.
    public static void requestLine(Output out, String method, String target) {
        out.ensure(method.length() + target.length() + 256);
        out.ascii(method);
        out.ascii(" ");
        out.ascii(target);
        out.bytes(TARGET_END);
    }

    /// `HTTP/1.1 200 OK`.
    public static void statusLine(Output out, int status) {
        if (status == 200) {
            out.bytes(OK);
            return;
        }
        out.bytes(HTTP);
        out.decimal(status);
        out.ascii(" ");
        out.ascii(StatusPhrase.of(status));
        out.crlf();
    }

    /// All field lines.
    public static void fields(Output out, Headers headers) {
        headers.writeTo(out);
    }

    /// One field line.
    public static void field(Output out, HeaderName name, String value) {
        out.bytes(name.bytes());
        out.colon();
        out.ascii(value);
        out.crlf();
    }

    /// The field that announces a body of `bytes` bytes.
    public static void contentLength(Output out, long bytes) {
        out.bytes(CONTENT_LENGTH);
        out.decimal(bytes);
        out.crlf();
    }

    /// The field that announces chunks.
    public static void chunked(Output out) {
        out.bytes(CHUNKED);
    }

    /// The empty line behind the fields.
    public static void end(Output out) {
        out.crlf();
    }

    /// One chunk, which must not be empty: an empty one would end the body.
    public static void chunk(Output out, byte[] array, int offset, int length) {
        out.ensure(length + 12);
        out.hex(length);
        out.crlf();
        out.bytes(array, offset, length);
        out.crlf();
    }

    /// The chunk that ends a body.
    public static void lastChunk(Output out) {
        out.bytes(LAST_CHUNK);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
