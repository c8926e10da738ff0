package dev.agw.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The names of members that somebody looks for; each is known by its place in the list.
public final class JsonNames {
    /// Bytes of the widest spelling of a character: a backslash, `u` and four digits.
    private static final int ESCAPE_LENGTH = 6;

    private static final int MOST = 32;
    private final byte[][] names;
    private final int longestSpelling;

    private JsonNames(byte[][] names) {
        this.names = names;
        this.longestSpelling = ESCAPE_LENGTH
                * Arrays.stream(names).mapToInt(name -> name.length).max().orElse(0);
    }

    /// Up to 32 names of one or more ASCII characters.
    public static JsonNames of(String... names) {
        if (names.length > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " names, found " + names.length);
        }
        return new JsonNames(Arrays.stream(names)
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    int size() {
        return names.length;
    }

    /// Bytes of the longest spelling that a key can have and still be one of these names.
    int longestSpelling() {
        return longestSpelling;
    }

    /// Which name the key between two quotes is, escapes resolved; -1 if none of them.
    int indexOf(byte[] json, int start, int end) {
        for (int i = 0; i < names.length; i++) {
            if (matches(names[i], json, start, end)) {
                return i;
            }
        }
        return -1;
    }

    /// Whether the key between two quotes is `name`, escapes resolved: two spellings of one key must not pass as two.
    static boolean matches(byte[] name, byte[] json, int start, int end) {
        int length = end - start;
        if (length < name.length || (json[start] != name[0] && json[start] != '\\')) {
            return false;
        }
        if (length == name.length) {
            return Arrays.equals(name, 0, length, json, start, end);
        }
        return length <= name.length * ESCAPE_LENGTH
                && JsonText.backslash(json, start, end) < end
                && JsonText.decode(json, start, end).equals(new String(name, StandardCharsets.UTF_8));
    }
}
