package dev.agw.http;

import java.nio.charset.StandardCharsets;

/// The usual method names as constants, so that a request allocates none.
final class Methods {
    private static final String[] USUAL = {"GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH"};
    private static final byte[][] BYTES = new byte[USUAL.length][];

    static {
        for (int i = 0; i < USUAL.length; i++) {
            BYTES[i] = USUAL[i].getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private Methods() {}

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
