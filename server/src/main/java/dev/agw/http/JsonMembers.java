package dev.agw.http;

import java.util.Arrays;

/// Where the wanted members of one JSON object lie. Offsets count from the start of the text.
///
/// ```
/// {"model": "gpt-4o", "stream": true}
///  ^keyStart^valueStart^valueEnd
/// ```
/// A member that comes twice is marked, and its later place holds. Not thread-safe.
public final class JsonMembers {
    private static final int KEY_START = 0;
    private static final int VALUE_START = 1;
    private static final int VALUE_END = 2;
    private static final int STRIDE = 3;
    private static final int UNWANTED = -1;

    private final JsonNames wanted;
    private final long[] places;
    private final byte[] key;
    private int keyLength;
    private long keyStart;
    private int current = UNWANTED;
    private int found;
    private int repeated;
    private boolean object;
    private boolean any;

    JsonMembers(JsonNames wanted) {
        this.wanted = wanted;
        this.places = new long[wanted.size() * STRIDE];
        this.key = new byte[wanted.longestSpelling()];
        Arrays.fill(places, -1);
    }

    /// Whether the text is an object; nothing else has members.
    public boolean object() {
        return object;
    }

    /// Whether the object has no member at all.
    public boolean empty() {
        return !any;
    }

    /// Whether the member is there, its value begun.
    public boolean has(int name) {
        return (found & 1 << name) != 0;
    }

    /// Whether the member is there more than once, in whatever spelling.
    public boolean repeated(int name) {
        return (repeated & 1 << name) != 0;
    }

    /// The opening quote of the key.
    public int keyStart(int name) {
        return (int) places[name * STRIDE + KEY_START];
    }

    /// The first byte of the value.
    public int valueStart(int name) {
        return (int) valueStartAt(name);
    }

    /// Behind the last byte of the value.
    public int valueEnd(int name) {
        return (int) valueEndAt(name);
    }

    /// The value, in the array that was scanned from its first byte on.
    public JsonCursor value(int name, byte[] json) {
        return JsonCursor.of(json, valueStart(name), valueEnd(name));
    }

    long valueStartAt(int name) {
        return places[name * STRIDE + VALUE_START];
    }

    /// -1 while the value has not ended.
    long valueEndAt(int name) {
        return places[name * STRIDE + VALUE_END];
    }

    void objectBegins() {
        object = true;
    }

    void keyBegins(long at) {
        keyStart = at;
        keyLength = 0;
        any = true;
    }

    /// Keys that are longer than any spelling of a wanted name are counted and not kept.
    void keyBytes(byte[] json, int start, int end) {
        int length = end - start;
        if (length <= key.length - keyLength) {
            System.arraycopy(json, start, key, keyLength, length);
            keyLength += length;
        } else {
            keyLength = key.length + 1;
        }
    }

    void keyEnds() {
        current = keyLength > key.length ? UNWANTED : wanted.indexOf(key, 0, keyLength);
    }

    void valueBegins(long at) {
        if (current == UNWANTED) {
            return;
        }
        repeated |= found & 1 << current;
        found |= 1 << current;
        places[current * STRIDE + KEY_START] = keyStart;
        places[current * STRIDE + VALUE_START] = at;
        places[current * STRIDE + VALUE_END] = -1;
    }

    void valueEnds(long at) {
        if (current != UNWANTED) {
            places[current * STRIDE + VALUE_END] = at;
            current = UNWANTED;
        }
    }
}
