package dev.agw.gateway;

import dev.agw.resource.Resource;
import dev.agw.resource.ResourceSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What tells one configuration from another, in 12 hex digits: the same resources give the same on every replica.
final class Fingerprint {
    private static final int DIGITS = 12;

    private Fingerprint() {}

    static String of(ResourceSet resources) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Resource resource : resources.all()) {
                digest.update(ResourceText.of(resource).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
