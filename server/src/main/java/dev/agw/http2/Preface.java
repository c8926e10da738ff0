package dev.agw.http2;

import java.nio.charset.StandardCharsets;

/// The first bytes of a client (RFC 9113 §3.4). They look like a request line that no HTTP/1 server accepts.
public final class Preface {
    private static final String TEXT = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private Preface() {}

    /// A fresh copy of the 24 bytes.
    public static byte[] bytes() {
        return TEXT.getBytes(StandardCharsets.US_ASCII);
    }
}
