package dev.agw.gateway;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * Java reads PKCS#8. An RSA key of PKCS#1, which cert-manager writes unless told otherwise, is the inner part of one, so
 * the outer part is put around it. A key of SEC 1 leaves its curve out of where PKCS#8 has it; openssl turns it over.
 */
/// Private keys as PEM has them.
final class PrivateKeys {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:RSA )?PRIVATE KEY)-----([^-]+)-----END \\1-----");
    /// Version 0, and the algorithm rsaEncryption without parameters (RFC 8017, A.1).
    private static final byte[] RSA = Base64.getDecoder().decode("AgEAMA0GCSqGSIb3DQEBAQUA");

    private PrivateKeys() {}

    /// The first key of a PEM text.
    ///
    /// @throws GeneralSecurityException there is none that can be read; the message never shows any of it
    static PrivateKey read(String pem) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new InvalidKeyException("expected BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY, unencrypted;"
                    + " `openssl pkcs8 -topk8 -nocrypt` turns others over");
        }
        byte[] content = decoded(block.group(2));
        return key(block.group(1).startsWith("RSA") ? wrapped(content) : content);
    }

    private static byte[] decoded(String base64) throws InvalidKeyException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new InvalidKeyException("the key is not base64", e);
        }
    }

    private static PrivateKey key(byte[] content) throws GeneralSecurityException {
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content));
            } catch (InvalidKeySpecException other) {
                // of another algorithm, or of none
            }
        }
        throw new InvalidKeyException("the key is neither RSA nor EC nor EdDSA");
    }

    private static byte[] wrapped(byte[] key) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(RSA);
        der(inner, 0x04, key);
        ByteArrayOutputStream outer = new ByteArrayOutputStream();
        der(outer, 0x30, inner.toByteArray());
        return outer.toByteArray();
    }

    /// Tag, length in two bytes, content: an RSA key is never shorter than 128 bytes, nor longer than 64 KB.
    private static void der(ByteArrayOutputStream out, int tag, byte[] content) {
        out.write(tag);
        out.write(0x82);
        out.write(content.length >> 8);
        out.write(content.length);
        out.writeBytes(content);
    }
}
