package dev.agw.gateway;

import dev.agw.resource.Resource;
import dev.agw.resource.ResourceSet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.IdentityHashMap;

/*
 * Writing out thousands of resources takes tens of milliseconds, so each is written out once, and what it comes to is kept
 * for as long as it is in force.
 */
/// What tells one configuration from another, in 12 hex digits: the same resources give the same on every
/// replica. For one thread at a time.
final class Fingerprint {
    private static final int DIGITS = 12;

    private IdentityHashMap<Resource, Long> known = new IdentityHashMap<>();

    String of(ResourceSet resources) {
        IdentityHashMap<Resource, Long> now = new IdentityHashMap<>(resources.size());
        ByteBuffer all = ByteBuffer.allocate(resources.size() * Long.BYTES);
        for (Resource resource : resources.all()) {
            Long part = known.get(resource);
            long digest = part == null ? digest(resource) : part;
            now.put(resource, digest);
            all.putLong(digest);
        }
        known = now;
        return HexFormat.of().formatHex(sha256(all.array())).substring(0, DIGITS);
    }

    private static long digest(Resource resource) {
        return ByteBuffer.wrap(sha256(ResourceText.of(resource).getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
