package dev.agw.http2;

import java.nio.charset.StandardCharsets;

/// Header blocks of one peer, decoded in the order they came (RFC 7541). Any fault ends the connection.
public final class HpackDecoder {
    private static final int LONGEST_NUMBER = 5;

    private final int mostCapacity;
    private final DynamicTable table;
    private byte[] block = new byte[0];
    private int at;
    private int end;

    /// Takes the fields of a block, in order.
    @FunctionalInterface
    public interface Fields {
        void field(HeaderField field);
    }

    /// @param tableSize the SETTINGS_HEADER_TABLE_SIZE that was announced
    public HpackDecoder(int tableSize) {
        mostCapacity = tableSize;
        table = new DynamicTable(tableSize);
    }

    /// Decodes a whole block.
    ///
    /// @throws ConnectionErrorException it cannot be decoded: the tables of both sides no longer agree
    public void decode(byte[] array, int offset, int length, Fields fields) throws ConnectionErrorException {
        block = array;
        at = offset;
        end = offset + length;
        boolean begun = false;
        while (at < end) {
            int first = block[at] & 0xFF;
            if (first >>> 5 == 1) {
                resize(begun);
            } else {
                begun = true;
                fields.field(next(first));
            }
        }
        block = new byte[0];
    }

    /// A change of the table's size may stand at the start of a block only (RFC 7541 §4.2).
    private void resize(boolean begun) throws ConnectionErrorException {
        int size = number(5);
        if (begun || size > mostCapacity) {
            throw bad("a size of the dynamic table that may not be");
        }
        table.resize(size);
    }

    private HeaderField next(int first) throws ConnectionErrorException {
        if (first >= 0x80) {
            return indexed(number(7));
        }
        boolean kept = first >= 0x40;
        HeaderField field = literal(number(kept ? 6 : 4));
        if (kept) {
            table.add(field);
        }
        return field;
    }

    private HeaderField literal(int index) throws ConnectionErrorException {
        String name = index == 0 ? string() : indexed(index).name();
        return new HeaderField(name, string());
    }

    private HeaderField indexed(int index) throws ConnectionErrorException {
        if (index == 0 || index > StaticTable.SIZE + table.count()) {
            throw bad("an index that no table has");
        }
        return index <= StaticTable.SIZE ? StaticTable.get(index) : table.get(index - StaticTable.SIZE);
    }

    /// RFC 7541 §5.1: the rest of a byte, then seven bits per byte.
    private int number(int prefix) throws ConnectionErrorException {
        int most = (1 << prefix) - 1;
        int start = read() & most;
        if (start < most) {
            return start;
        }
        long value = most;
        for (int i = 0; i < LONGEST_NUMBER; i++) {
            int b = read();
            value += (long) (b & 0x7F) << 7 * i;
            if (b < 0x80 && value <= Integer.MAX_VALUE) {
                return (int) value;
            }
        }
        throw bad("a number that is too large");
    }

    private String string() throws ConnectionErrorException {
        boolean coded = at < end && block[at] < 0;
        int length = number(7);
        if (length > end - at) {
            throw bad("a string that is longer than its block");
        }
        int start = at;
        at += length;
        return coded
                ? new String(Huffman.decode(block, start, length), StandardCharsets.ISO_8859_1)
                : new String(block, start, length, StandardCharsets.ISO_8859_1);
    }

    private int read() throws ConnectionErrorException {
        if (at == end) {
            throw bad("a block that ends too early");
        }
        return block[at++] & 0xFF;
    }

    private static ConnectionErrorException bad(String what) {
        return new ConnectionErrorException(ErrorCode.COMPRESSION_ERROR, "HPACK: " + what);
    }
}
