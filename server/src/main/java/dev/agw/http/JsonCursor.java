package dev.agw.http;

import java.nio.charset.StandardCharsets;

/// One JSON value that lies in an array, and a walk over what is in it.
///
/// ```java
/// JsonCursor usage = JsonCursor.of(json, start, end);
/// while (usage.next()) {
///     if (usage.named(PROMPT_TOKENS)) {
///         tokens = usage.value().count();
///     }
/// }
/// ```
/// Nothing is copied and nothing checked beyond what the walk needs: broken JSON ends the walk early and never
/// throws. Where two readers of one text must agree, [JsonScanner] comes first. Not thread-safe.
public final class JsonCursor {
    /// No value: neither object nor array nor text nor number.
    public static final JsonCursor NOTHING = new JsonCursor(new byte[0], 0, 0);

    /// Counts beyond this are taken for nonsense.
    private static final long MOST = 1_000_000_000_000L;

    private final byte[] json;
    private final int start;
    private final int end;
    private int position;
    private int keyStart;
    private int keyEnd;
    private int valueStart;
    private int valueEnd;

    private JsonCursor(byte[] json, int start, int end) {
        this.json = json;
        this.start = start;
        this.end = end;
        this.position = start + 1;
    }

    /// The value between two offsets, white space around it ignored.
    public static JsonCursor of(byte[] json, int start, int end) {
        int from = JsonBytes.skipSpace(json, start, end);
        int to = end;
        while (to > from && JsonBytes.isSpace(json[to - 1])) {
            to--;
        }
        return new JsonCursor(json, from, to);
    }

    /// The name of a member, for [#named].
    public static byte[] name(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /// Whether the value is an object, from brace to brace.
    public boolean object() {
        return enclosed('{', '}');
    }

    /// Whether the value is an array, from bracket to bracket.
    public boolean array() {
        return enclosed('[', ']');
    }

    /// Whether the value is a string.
    public boolean string() {
        return enclosed('"', '"');
    }

    /// Whether there is no value at all.
    public boolean nothing() {
        return start == end;
    }

    /// Whether the value is `null`.
    public boolean isNull() {
        return end - start == 4 && json[start] == 'n';
    }

    /// Whether the value is `true`.
    public boolean isTrue() {
        return end - start == 4 && json[start] == 't';
    }

    /// Whether the value is `false`.
    public boolean isFalse() {
        return end - start == 5 && json[start] == 'f';
    }

    /// Whether the value is a string, an array or an object that has something in it.
    public boolean filled() {
        return (string() && end - start > 2)
                || ((object() || array()) && JsonBytes.skipSpace(json, start + 1, end) < end - 1);
    }

    private boolean enclosed(char first, char last) {
        return end - start >= 2 && json[start] == first && json[end - 1] == last;
    }

    /// The text of a string, escapes resolved; empty if the value is none.
    public String text() {
        return string() ? JsonText.decode(json, start + 1, end - 1) : "";
    }

    /// The value as a count from 0 to 10^12; -1 for everything else: negative, fractional, absurd, no number.
    public long count() {
        if (start == end || end - start > 13) {
            return -1;
        }
        long count = 0;
        for (int i = start; i < end; i++) {
            int digit = json[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            count = count * 10 + digit;
        }
        return count <= MOST ? count : -1;
    }

    /// Moves to the next member or element; false behind the last one, and at once in all that has none.
    public boolean next() {
        boolean object = object();
        if (!object && !array()) {
            return false;
        }
        int i = skipSeparators();
        keyStart = i;
        if (object) {
            i = valueBehindKey(i);
        }
        if (i >= end - 1) {
            position = end;
            return false;
        }
        valueStart = i;
        valueEnd = JsonBytes.valueEnd(json, i, end - 1);
        position = Math.max(valueEnd, i + 1);
        return true;
    }

    private int skipSeparators() {
        int i = position;
        while (i < end - 1 && (json[i] == ',' || JsonBytes.isSpace(json[i]))) {
            i++;
        }
        return i;
    }

    private int valueBehindKey(int from) {
        if (from >= end - 1 || json[from] != '"') {
            return end;
        }
        keyEnd = JsonBytes.stringEnd(json, from, end - 1);
        int colon = JsonBytes.skipSpace(json, keyEnd, end - 1);
        return json[colon] == ':' ? JsonBytes.skipSpace(json, colon + 1, end - 1) : end;
    }

    /// Whether the current member has this name, see [#name(String)].
    public boolean named(byte[] name) {
        return JsonNames.matches(name, json, keyStart + 1, keyEnd - 1);
    }

    /// The value of the current member, or the current element.
    public JsonCursor value() {
        return of(json, valueStart, valueEnd);
    }

    /// The first byte of the current member or element.
    public int memberStart() {
        return keyStart;
    }

    /// Behind the last byte of the current member or element.
    public int memberEnd() {
        return valueEnd;
    }

    /// Behind the comma and the white space that follow the current member or element.
    public int behindSeparator() {
        return skipSeparators();
    }

    /// The first byte of this value.
    public int start() {
        return start;
    }

    /// Behind the last byte of this value.
    public int end() {
        return end;
    }
}
