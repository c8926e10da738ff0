package dev.agw.resource;

import dev.agw.schema.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A certificate with its chain and its private key, as a Secret of type kubernetes.io/tls holds them.
///
/// @param chain the certificate itself first
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
    /// Where a Secret has the certificate and its chain.
    public static final String CERTIFICATE = "tls.crt";

    /// Where a Secret has the private key.
    public static final String KEY = "tls.key";

    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA", "RSASSA-PSS", "RSASSA-PSS");

    public TlsIdentity {
        chain = List.copyOf(chain);
    }

    /// Why a Secret is no identity, and which of its values is to blame.
    ///
    /// @param value its key in the Secret
    public record Flaw(String value, String message, String hint) {}

    /// Reads a Secret.
    ///
    /// @throws InvalidValueException it has no certificate and key that can be used together
    public static TlsIdentity of(Secret secret) {
        TlsIdentity identity =
                new TlsIdentity(Pem.privateKey(text(secret, KEY)), Pem.certificates(text(secret, CERTIFICATE)));
        if (!identity.belongTogether()) {
            throw new InvalidValueException(
                    KEY + " is not the key of the certificate in " + CERTIFICATE,
                    "put the certificate of the key first");
        }
        return identity;
    }

    /// What is wrong with a Secret that is used as an identity; empty if [#of] can read it.
    static Optional<Flaw> flaw(Secret secret) {
        String value = CERTIFICATE;
        try {
            Pem.certificates(text(secret, CERTIFICATE));
            value = KEY;
            of(secret);
            return Optional.empty();
        } catch (InvalidValueException e) {
            return Optional.of(new Flaw(value, e.message(), e.hint()));
        }
    }

    /// When the certificate ends to be valid.
    public Instant notAfter() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /// The key stays out of logs.
    @Override
    public String toString() {
        return "TlsIdentity[" + chain.getFirst().getSubjectX500Principal() + "]";
    }

    private static String text(Secret secret, String key) {
        return Optional.ofNullable(secret.values().get(key))
                .map(SecretValue::reveal)
                .orElseThrow(() -> new InvalidValueException(
                        "the Secret has no value " + key,
                        "a Secret of type kubernetes.io/tls has tls.crt and tls.key"));
    }

    /// Signs a text with one and verifies it with the other: right for keys of every algorithm.
    private boolean belongTogether() {
        byte[] text = "agw".getBytes(StandardCharsets.US_ASCII);
        PublicKey certified = chain.getFirst().getPublicKey();
        try {
            Signature signature = Signature.getInstance(SIGNATURES.getOrDefault(key.getAlgorithm(), "none"));
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
