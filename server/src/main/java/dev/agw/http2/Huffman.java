package dev.agw.http2;

import java.io.ByteArrayOutputStream;

/*
 * The code of RFC 7541 appendix B is canonical: codes of the same length follow each other in the order of their symbols,
 * so that the lengths alone give all of it. Codes of up to 8 bits, which is all of lower-case text, are found by one look
 * into a table; longer ones by comparing with the first code of each length.
 */
/// The Huffman code of HPACK (RFC 7541 §5.2, appendix B).
final class Huffman {
    private static final int EOS = 256;
    private static final int LONGEST = 30;
    private static final int QUICK = 8;
    private static final int[] LENGTHS = {
            13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
            6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
            13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
            15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
            20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
            22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
            26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
            20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30
    };
    private static final int[] CODES = new int[LENGTHS.length];
    /// Symbols in the order of their codes.
    private static final int[] SYMBOLS = new int[LENGTHS.length];
    /// The first code of each length, and where its symbol stands in SYMBOLS.
    private static final int[] FIRST = new int[LONGEST + 2];
    private static final int[] START = new int[LONGEST + 2];
    /// For 8 bits: symbol and length of the code that they begin with, or 0.
    private static final int[] TABLE = new int[1 << QUICK];

    static {
        int code = 0;
        int place = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code <<= 1;
            FIRST[length] = code;
            START[length] = place;
            for (int symbol = 0; symbol < LENGTHS.length; symbol++) {
                if (LENGTHS[symbol] == length) {
                    SYMBOLS[place++] = symbol;
                    CODES[symbol] = code++;
                }
            }
        }
        START[LONGEST + 1] = place;
        for (int symbol = 0; symbol < EOS; symbol++) {
            fillTable(symbol);
        }
    }

    private Huffman() {}

    private static void fillTable(int symbol) {
        int free = QUICK - LENGTHS[symbol];
        for (int i = 0; free >= 0 && i < 1 << free; i++) {
            TABLE[CODES[symbol] << free | i] = LENGTHS[symbol] << 8 | symbol;
        }
    }

    /// Bytes that `text` takes when it is encoded.
    static int length(String text) {
        long bits = 0;
        for (int i = 0; i < text.length(); i++) {
            bits += LENGTHS[text.charAt(i) & 0xFF];
        }
        return (int) (bits + 7 >> 3);
    }

    /// Encodes characters of ISO 8859-1; the last byte is filled with ones.
    static void encode(String text, ByteArrayOutputStream out) {
        long bits = 0;
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            int symbol = text.charAt(i) & 0xFF;
            bits = bits << LENGTHS[symbol] | CODES[symbol];
            count += LENGTHS[symbol];
            while (count >= 8) {
                count -= 8;
                out.write((int) (bits >>> count));
            }
        }
        if (count > 0) {
            out.write((int) (bits << 8 - count | 0xFF >>> count));
        }
    }

    /// Decodes to bytes.
    ///
    /// @throws ConnectionErrorException the end-of-string symbol, or padding that is too long or not of ones
    static byte[] decode(byte[] array, int offset, int length) throws ConnectionErrorException {
        byte[] out = new byte[length * 8 / 5 + 1];
        int used = 0;
        long bits = 0;
        int count = 0;
        int at = offset;
        int end = offset + length;
        while (true) {
            for (; count <= 48 && at < end; at++) {
                bits = bits << 8 | array[at] & 0xFF;
                count += 8;
            }
            int found = symbol(bits, count);
            if (found < 0) {
                break;
            }
            out[used++] = (byte) found;
            count -= LENGTHS[found];
        }
        checkPadding(bits, count);
        return java.util.Arrays.copyOf(out, used);
    }

    /// The symbol that the last `count` bits begin with; -1 if they are too few for one.
    private static int symbol(long bits, int count) throws ConnectionErrorException {
        if (count >= QUICK) {
            int quick = TABLE[(int) (bits >>> count - QUICK) & 0xFF];
            if (quick != 0) {
                return quick & 0xFF;
            }
        }
        for (int length = 5; length <= Math.min(count, LONGEST); length++) {
            int code = (int) (bits >>> count - length) & (1 << length) - 1;
            int place = START[length] + code - FIRST[length];
            if (code >= FIRST[length] && place < START[length + 1]) {
                return notEnd(SYMBOLS[place]);
            }
        }
        return -1;
    }

    private static int notEnd(int symbol) throws ConnectionErrorException {
        if (symbol == EOS) {
            throw bad();
        }
        return symbol;
    }

    private static void checkPadding(long bits, int count) throws ConnectionErrorException {
        int ones = (1 << count) - 1;
        if (count > 7 || ((int) bits & ones) != ones) {
            throw bad();
        }
    }

    private static ConnectionErrorException bad() {
        return new ConnectionErrorException(ErrorCode.COMPRESSION_ERROR, "a string that is not Huffman-coded");
    }
}
