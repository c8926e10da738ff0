package dev.agw.llm;

import java.util.zip.DataFormatException;

/// Skips the header of a gzip member in pieces cut anywhere (RFC 1952 §2.3).
///
/// ```
/// 1f 8b 08 flags mtime(4) xfl os | xlen(2) extra | name 0 | comment 0 | crc16
/// ```
final class GzipHeader {
    private static final int FIXED = 10;
    private static final int FLAG_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int[] MAGIC = {0x1f, 0x8b, 8};

    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        CRC,
        OVER
    }

    private Part part = Part.FIXED;
    private int flags;
    private int seen;
    private int extraLength;

    /// Of data that has no such header.
    static GzipHeader none() {
        GzipHeader header = new GzipHeader();
        header.part = Part.OVER;
        return header;
    }

    /// Goes over the bytes of the header; returns where the compressed data begins, `end` if it is not there
    /// yet.
    int skip(byte[] array, int from, int end) throws DataFormatException {
        int i = from;
        while (i < end && part != Part.OVER) {
            take(array[i] & 0xFF);
            i++;
        }
        return i;
    }

    private void take(int b) throws DataFormatException {
        seen++;
        boolean over = switch (part) {
            case FIXED -> fixed(b);
            case EXTRA_LENGTH -> extraLength(b);
            case EXTRA -> seen == extraLength;
            case NAME, COMMENT -> b == 0;
            case CRC -> seen == 2;
            case OVER -> false;
        };
        if (over) {
            part = behind(part);
            seen = 0;
        }
    }

    private boolean fixed(int b) throws DataFormatException {
        if (seen <= MAGIC.length && b != MAGIC[seen - 1]) {
            throw new DataFormatException("no gzip");
        }
        if (seen == MAGIC.length + 1) {
            flags = b;
        }
        return seen == FIXED;
    }

    private boolean extraLength(int b) {
        extraLength |= seen == 1 ? b : b << 8;
        return seen == 2;
    }

    /// The next part that the flags announce. An extra field of no bytes has nothing to wait for.
    private Part behind(Part last) {
        return switch (last) {
            case FIXED -> (flags & FLAG_EXTRA) != 0 ? Part.EXTRA_LENGTH : behind(Part.EXTRA);
            case EXTRA_LENGTH -> extraLength > 0 ? Part.EXTRA : behind(Part.EXTRA);
            case EXTRA -> (flags & FLAG_NAME) != 0 ? Part.NAME : behind(Part.NAME);
            case NAME -> (flags & FLAG_COMMENT) != 0 ? Part.COMMENT : behind(Part.COMMENT);
            case COMMENT -> (flags & FLAG_CRC) != 0 ? Part.CRC : Part.OVER;
            case CRC, OVER -> Part.OVER;
        };
    }
}
