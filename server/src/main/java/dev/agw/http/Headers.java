package dev.agw.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Field lines in the order they came, kept as the bytes they came in.
///
/// All lines lie in one array with an index of offsets and name hashes beside it: reading a message copies its
/// head once, passing it on writes slices, and only fields that somebody asks for become strings. Values are read
/// as ISO 8859-1 and written back byte for byte. Not thread-safe.
public final class Headers {
    /// Ints per field in the index: name start, name end, value start, value end, hash of the name.
    private static final int STRIDE = 5;

    private byte[] bytes;
    private int used;
    private int[] index;
    private int count;

    /// No fields, with room for a few.
    public Headers() {
        this(256, 8);
    }

    Headers(int byteRoom, int fieldRoom) {
        bytes = new byte[byteRoom];
        index = new int[fieldRoom * STRIDE];
    }

    /// Fields from alternating names and values: `Headers.of("Content-Type", "text/plain")`.
    public static Headers of(String... namesAndValues) {
        Headers headers = new Headers();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    /// How many field lines there are.
    public int size() {
        return count;
    }

    /// The name of field line `i`, in the spelling it came in.
    public String name(int i) {
        return text(index[i * STRIDE], index[i * STRIDE + 1]);
    }

    /// The value of field line `i`, without the white space around it.
    public String value(int i) {
        return text(index[i * STRIDE + 2], index[i * STRIDE + 3]);
    }

    /// Whether field line `i` has this name.
    public boolean is(int i, HeaderName name) {
        int at = i * STRIDE;
        return index[at + 4] == name.hash() && name.matches(bytes, index[at], index[at + 1]);
    }

    /// Whether any field line has this name.
    public boolean has(HeaderName name) {
        return indexOf(name, 0) >= 0;
    }

    /// The value of the first field line of this name.
    public Optional<String> first(HeaderName name) {
        int i = indexOf(name, 0);
        return i < 0 ? Optional.empty() : Optional.of(value(i));
    }

    /// The values of all field lines of this name, in order.
    public List<String> all(HeaderName name) {
        List<String> values = new ArrayList<>(2);
        for (int i = indexOf(name, 0); i >= 0; i = indexOf(name, i + 1)) {
            values.add(value(i));
        }
        return values;
    }

    /// How many field lines have this name.
    public int count(HeaderName name) {
        int found = 0;
        for (int i = indexOf(name, 0); i >= 0; i = indexOf(name, i + 1)) {
            found++;
        }
        return found;
    }

    /// Whether a comma-separated list under this name holds `token`, in any case and in any of its lines.
    public boolean hasToken(HeaderName name, String token) {
        for (int i = indexOf(name, 0); i >= 0; i = indexOf(name, i + 1)) {
            if (listHolds(value(i), token)) {
                return true;
            }
        }
        return false;
    }

    private static boolean listHolds(String list, String token) {
        for (int start = 0; start <= list.length(); ) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            if (list.substring(start, end).strip().equalsIgnoreCase(token)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    /// Calls `visitor` with name and value of each field line, in order.
    public void forEach(BiConsumer<String, String> visitor) {
        for (int i = 0; i < count; i++) {
            visitor.accept(name(i), value(i));
        }
    }

    /// Adds a field line behind the others. Characters that would end the line are refused.
    public Headers add(HeaderName name, String value) {
        return append(name.bytes(), name.hash(), encode(value));
    }

    /// Adds a field line behind the others. Characters that would end the line are refused.
    public Headers add(String name, String value) {
        byte[] encoded = encode(name);
        return append(encoded, HeaderName.hash(encoded, 0, encoded.length), encode(value));
    }

    /// Replaces all field lines of this name by one.
    public Headers set(HeaderName name, String value) {
        remove(name);
        return add(name, value);
    }

    /// Removes every field line of this name.
    public Headers remove(HeaderName name) {
        for (int i = indexOf(name, 0); i >= 0; i = indexOf(name, i)) {
            removeAt(i);
        }
        return this;
    }

    /// Removes field line `i`; the ones behind it move up.
    public void removeAt(int i) {
        System.arraycopy(index, (i + 1) * STRIDE, index, i * STRIDE, (count - i - 1) * STRIDE);
        count--;
    }

    /// The same field lines, free to change without changing these.
    public Headers copy() {
        Headers copy = new Headers(used + 128, count + 4);
        System.arraycopy(bytes, 0, copy.bytes, 0, used);
        System.arraycopy(index, 0, copy.index, 0, count * STRIDE);
        copy.used = used;
        copy.count = count;
        return copy;
    }

    /// Adds all field lines of `other` behind these.
    public Headers addAll(Headers other) {
        for (int i = 0; i < other.count; i++) {
            addFrom(other, i);
        }
        return this;
    }

    /// Adds field line `i` of `other` behind these, byte for byte.
    public void addFrom(Headers other, int i) {
        int at = i * STRIDE;
        int nameLength = other.index[at + 1] - other.index[at];
        int valueLength = other.index[at + 3] - other.index[at + 2];
        int start = reserve(nameLength + valueLength);
        System.arraycopy(other.bytes, other.index[at], bytes, start, nameLength);
        System.arraycopy(other.bytes, other.index[at + 2], bytes, start + nameLength, valueLength);
        record(start, nameLength, start + nameLength, valueLength, other.index[at + 4]);
    }

    /// Writes the field lines, each ended by CRLF, without the empty line that ends a head.
    void writeTo(Output out) {
        for (int i = 0, at = 0; i < count; i++, at += STRIDE) {
            out.bytes(bytes, index[at], index[at + 1] - index[at]);
            out.colon();
            out.bytes(bytes, index[at + 2], index[at + 3] - index[at + 2]);
            out.crlf();
        }
    }

    /// Takes over a head as it was read: `head` becomes the store, and [#recordParsed] tells where its fields lie.
    static Headers parsed(byte[] head, int fieldRoom) {
        Headers headers = new Headers(0, fieldRoom);
        headers.bytes = head;
        headers.used = head.length;
        return headers;
    }

    void recordParsed(int nameStart, int nameEnd, int valueStart, int valueEnd, int hash) {
        record(nameStart, nameEnd - nameStart, valueStart, valueEnd - valueStart, hash);
    }

    /// The hash of name `i`, as [HeaderName#hash()] has it.
    int hash(int i) {
        return index[i * STRIDE + 4];
    }

    /// Whether name `i` starts with `prefix`, which is in lower case, if its underscores are taken for dashes.
    boolean startsDashed(int i, byte[] prefix) {
        int start = index[i * STRIDE];
        if (index[i * STRIDE + 1] - start < prefix.length) {
            return false;
        }
        for (int at = 0; at < prefix.length; at++) {
            if (dashed(bytes[start + at]) != prefix[at]) {
                return false;
            }
        }
        return true;
    }

    boolean hasUnderscore(int i) {
        for (int at = index[i * STRIDE]; at < index[i * STRIDE + 1]; at++) {
            if (bytes[at] == '_') {
                return true;
            }
        }
        return false;
    }

    private static int dashed(byte b) {
        return b == '_' ? '-' : HeaderName.lower(b);
    }

    int indexOf(HeaderName name, int from) {
        for (int i = from; i < count; i++) {
            if (is(i, name)) {
                return i;
            }
        }
        return -1;
    }

    private Headers append(byte[] name, int hash, byte[] value) {
        int start = reserve(name.length + value.length);
        System.arraycopy(name, 0, bytes, start, name.length);
        System.arraycopy(value, 0, bytes, start + name.length, value.length);
        record(start, name.length, start + name.length, value.length, hash);
        return this;
    }

    private int reserve(int length) {
        int start = used;
        if (start + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(start + length, bytes.length + 256));
        }
        used = start + length;
        return start;
    }

    private void record(int nameStart, int nameLength, int valueStart, int valueLength, int hash) {
        int at = count * STRIDE;
        if (at == index.length) {
            index = Arrays.copyOf(index, index.length + 8 * STRIDE);
        }
        index[at] = nameStart;
        index[at + 1] = nameStart + nameLength;
        index[at + 2] = valueStart;
        index[at + 3] = valueStart + valueLength;
        index[at + 4] = hash;
        count++;
    }

    private String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static byte[] encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new IllegalArgumentException("a field may not hold CR, LF or NUL");
            }
            if (c > 0xFF) {
                return text.getBytes(StandardCharsets.UTF_8);
            }
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// `name: value` lines, for tests and for logs at DEBUG; whoever prints it sees to redaction.
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        forEach((name, value) -> lines.append(name).append(": ").append(value).append('\n'));
        return lines.toString();
    }
}
