package dev.agw.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A field name, compared without regard to case, with its hash worked out once.
///
/// Field lines are matched by hash first and by bytes only when it agrees, so a look-up touches no string.
public final class HeaderName {
    public static final HeaderName ACCEPT = of("Accept");
    public static final HeaderName ACCEPT_ENCODING = of("Accept-Encoding");
    public static final HeaderName AUTHORIZATION = of("Authorization");
    public static final HeaderName CONNECTION = of("Connection");
    public static final HeaderName CONTENT_ENCODING = of("Content-Encoding");
    public static final HeaderName CONTENT_LENGTH = of("Content-Length");
    public static final HeaderName CONTENT_TYPE = of("Content-Type");
    public static final HeaderName DATE = of("Date");
    public static final HeaderName EXPECT = of("Expect");
    public static final HeaderName FORWARDED = of("Forwarded");
    public static final HeaderName HOST = of("Host");
    public static final HeaderName KEEP_ALIVE = of("Keep-Alive");
    public static final HeaderName LOCATION = of("Location");
    public static final HeaderName ORIGIN = of("Origin");
    public static final HeaderName PROXY_AUTHENTICATE = of("Proxy-Authenticate");
    public static final HeaderName PROXY_AUTHORIZATION = of("Proxy-Authorization");
    public static final HeaderName PROXY_CONNECTION = of("Proxy-Connection");
    public static final HeaderName RETRY_AFTER = of("Retry-After");
    public static final HeaderName SERVER = of("Server");
    public static final HeaderName TE = of("TE");
    public static final HeaderName TRACEPARENT = of("traceparent");
    public static final HeaderName TRACESTATE = of("tracestate");
    public static final HeaderName TRAILER = of("Trailer");
    public static final HeaderName TRANSFER_ENCODING = of("Transfer-Encoding");
    public static final HeaderName UPGRADE = of("Upgrade");
    public static final HeaderName USER_AGENT = of("User-Agent");
    public static final HeaderName VARY = of("Vary");
    public static final HeaderName VIA = of("Via");
    public static final HeaderName X_FORWARDED_FOR = of("X-Forwarded-For");
    public static final HeaderName X_FORWARDED_HOST = of("X-Forwarded-Host");
    public static final HeaderName X_FORWARDED_PROTO = of("X-Forwarded-Proto");
    public static final HeaderName X_REQUEST_ID = of("x-request-id");

    private final String text;
    private final byte[] bytes;
    private final int hash;

    private HeaderName(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        this.hash = hash(bytes, 0, bytes.length);
    }

    /// The name as `text` spells it; it is written to the wire in this spelling.
    public static HeaderName of(String text) {
        return new HeaderName(text);
    }

    /// The spelling given at creation.
    public String text() {
        return text;
    }

    byte[] bytes() {
        return bytes;
    }

    int hash() {
        return hash;
    }

    boolean matches(byte[] other, int start, int end) {
        if (end - start != bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (lower(bytes[i]) != lower(other[start + i])) {
                return false;
            }
        }
        return true;
    }

    static int hash(byte[] name, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + lower(name[i]);
        }
        return hash;
    }

    static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b | 0x20 : b;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeaderName name && hash == name.hash && matches(name.bytes, 0, name.bytes.length);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return text.toLowerCase(Locale.ROOT);
    }
}
