package dev.agw.resource;

import dev.agw.schema.InvalidValueException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keys and certificates as text (RFC 7468). No message of it holds a key.
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
    private static final String WANTED = "expected a private key in PEM (PKCS#8, PKCS#1 or SEC1)";

    private Pem() {}

    /// All certificates of a text, in their order.
    ///
    /// @throws InvalidValueException there is none, or one cannot be read
    public static List<X509Certificate> certificates(String text) {
        try {
            List<X509Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (found.isEmpty()) {
                throw new InvalidValueException("expected a certificate in PEM, found none");
            }
            return found;
        } catch (CertificateException e) {
            throw new InvalidValueException("no certificate that can be read: " + e.getMessage());
        }
    }

    /// The first private key of a text.
    ///
    /// @throws InvalidValueException there is none, or it cannot be read
    public static PrivateKey privateKey(String text) {
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new InvalidValueException(WANTED + ", found none");
        }
        byte[] content = decoded(block.group(2));
        return switch (block.group(1)) {
            case "PRIVATE KEY" -> key(content);
            case "RSA PRIVATE KEY" -> key(Der.fromPkcs1(content));
            case "EC PRIVATE KEY" -> key(Der.fromSec1(content));
            case "ENCRYPTED PRIVATE KEY" ->
                throw new InvalidValueException(
                        "the private key is encrypted", "decrypt it: openssl pkey -in tls.key -out plain.key");
            default -> throw new InvalidValueException(WANTED + ", found " + block.group(1));
        };
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(WANTED + ", found broken base64");
        }
    }

    private static PrivateKey key(byte[] pkcs8) {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException other) {
                // of another algorithm, or of none
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the Java runtime lacks " + algorithm, e);
            }
        }
        throw new InvalidValueException(WANTED + ", found one of no known algorithm, or a broken one");
    }
}
