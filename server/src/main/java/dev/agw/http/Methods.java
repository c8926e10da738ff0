package dev.agw.http;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/// The usual method names as constants, so that a request allocates none; and what they promise.
public final class Methods {
    private static final String[] USUAL = {"GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH"};
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");
    private static final byte[][] BYTES = new byte[USUAL.length][];

    static {
        for (int i = 0; i < USUAL.length; i++) {
            BYTES[i] = USUAL[i].getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private Methods() {}

    /// Whether two requests do what one does (RFC 9110 §9.2.2).
    public static boolean isIdempotent(String method) {
        return IDEMPOTENT.contains(method);
    }

    /// The first `length` bytes of `head` as a method name.
    static String name(byte[] head, int length) {
        for (int i = 0; i < USUAL.length; i++) {
            if (java.util.Arrays.equals(head, 0, length, BYTES[i], 0, BYTES[i].length)) {
                return USUAL[i];
            }
        }
        return new String(head, 0, length, StandardCharsets.ISO_8859_1);
    }
}
