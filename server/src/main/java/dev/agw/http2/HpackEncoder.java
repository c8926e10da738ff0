package dev.agw.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/*
 * What differs from message to message would only push out of the table what does not; what is secret must not be in a
 * table that others' fields can be compared with (RFC 7541 §7.1).
 */
/// Encodes header blocks for one peer, in the order they are sent (RFC 7541).
public final class HpackEncoder {
    /// More than the usual 4 KiB is never used, however much the peer allows.
    private static final int MOST_CAPACITY = 4096;

    private static final Set<String> SECRET = Set.of("authorization", "proxy-authorization", "cookie", "set-cookie");
    private static final Set<String> FLEETING = Set.of(
            ":path", "content-length", "date", "etag", "last-modified", "x-request-id", "traceparent", "age", "location");

    private final DynamicTable table = new DynamicTable(MOST_CAPACITY);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    private int announce = -1;

    /// The peer's SETTINGS_HEADER_TABLE_SIZE; the next block tells what becomes of it.
    public void capacity(int allowed) {
        int capacity = Math.min(allowed, MOST_CAPACITY);
        if (capacity != table.capacity()) {
            table.resize(capacity);
            announce = capacity;
        }
    }

    /// Starts a block.
    public void begin() {
        out.reset();
        if (announce >= 0) {
            number(0x20, 5, announce);
            announce = -1;
        }
    }

    /// Adds a field to the block.
    ///
    /// @param name in lower case
    public void field(String name, String value) {
        HeaderField field = new HeaderField(name, value);
        int index = indexOf(field);
        if (index > 0) {
            number(0x80, 7, index);
        } else if (SECRET.contains(name)) {
            literal(0x10, 4, field);
        } else if (FLEETING.contains(name) || field.size() > table.capacity() / 2) {
            literal(0, 4, field);
        } else {
            literal(0x40, 6, field);
            table.add(field);
        }
    }

    /// The bytes of the block.
    public byte[] block() {
        return out.toByteArray();
    }

    private void literal(int pattern, int prefix, HeaderField field) {
        int name = indexOf(field.name());
        number(pattern, prefix, name);
        if (name == 0) {
            string(field.name());
        }
        string(field.value());
    }

    private int indexOf(HeaderField field) {
        int index = StaticTable.indexOf(field);
        if (index > 0) {
            return index;
        }
        for (int i = 1; i <= table.count(); i++) {
            if (table.get(i).equals(field)) {
                return StaticTable.SIZE + i;
            }
        }
        return 0;
    }

    private int indexOf(String name) {
        int index = StaticTable.indexOf(name);
        if (index > 0) {
            return index;
        }
        for (int i = 1; i <= table.count(); i++) {
            if (table.get(i).name().equals(name)) {
                return StaticTable.SIZE + i;
            }
        }
        return 0;
    }

    private void string(String text) {
        int coded = Huffman.length(text);
        if (coded < text.length()) {
            number(0x80, 7, coded);
            Huffman.encode(text, out);
        } else {
            number(0, 7, text.length());
            out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void number(int pattern, int prefix, int value) {
        int most = (1 << prefix) - 1;
        if (value < most) {
            out.write(pattern | value);
            return;
        }
        out.write(pattern | most);
        int rest = value - most;
        for (; rest >= 0x80; rest >>>= 7) {
            out.write(rest & 0x7F | 0x80);
        }
        out.write(rest);
    }
}
