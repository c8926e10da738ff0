package dev.agw.resource;

import dev.agw.schema.InvalidValueException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/*
 * Java reads PKCS#8 alone. The two older forms are the content of a PKCS#8 key without its label, so the label is put on.
 */
/// Private keys from older forms to PKCS#8.
final class Der {
    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int PARAMETERS = 0xA0;
    private static final byte[] VERSION_0 = {INTEGER, 1, 0};
    /// 1.2.840.113549.1.1.1 and no parameters.
    private static final byte[] RSA = {
        SEQUENCE, 13, 6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 1, 1, 1, 5, 0
    };
    /// 1.2.840.10045.2.1
    private static final byte[] EC = {6, 7, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 2, 1};

    private final byte[] bytes;
    private int at;

    private Der(byte[] bytes) {
        this.bytes = bytes;
    }

    /// From `RSA PRIVATE KEY` (RFC 8017 §A.1.2).
    static byte[] fromPkcs1(byte[] key) {
        return pkcs8(RSA, key);
    }

    /// From `EC PRIVATE KEY` (RFC 5915); its curve must be named in it.
    static byte[] fromSec1(byte[] key) {
        Der content = new Der(new Der(key).content(SEQUENCE));
        content.content(INTEGER);
        content.content(OCTETS);
        byte[] curve = content.content(PARAMETERS);
        return pkcs8(wrapped(SEQUENCE, EC, curve), key);
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return wrapped(SEQUENCE, VERSION_0, algorithm, wrapped(OCTETS, key));
    }

    private byte[] content(int tag) {
        if (next() != tag) {
            throw broken();
        }
        int length = length();
        if (length > bytes.length - at) {
            throw broken();
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    private int length() {
        int first = next();
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = first & 0x7F; i > 0 && length < 0x10000; i--) {
            length = (length << 8) | next();
        }
        return length;
    }

    private int next() {
        if (at >= bytes.length) {
            throw broken();
        }
        return bytes[at++] & 0xFF;
    }

    private static InvalidValueException broken() {
        return new InvalidValueException("the private key is broken, or does not name its curve");
    }

    private static byte[] wrapped(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
        out.write(tag);
        if (length >= 0x80) {
            int octets = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
            out.write(0x80 | octets);
            for (int shift = 8 * (octets - 1); shift > 0; shift -= 8) {
                out.write(length >> shift);
            }
        }
        out.write(length);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
