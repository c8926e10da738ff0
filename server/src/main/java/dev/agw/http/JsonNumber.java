package dev.agw.http;

/// The grammar of a JSON number, byte by byte (RFC 8259 §6): `-? (0 | [1-9][0-9]*) (.[0-9]+)?
/// ([eE][+-]?[0-9]+)?`.
final class JsonNumber {
    private enum Part {
        NONE,
        MINUS,
        ZERO,
        DIGITS,
        POINT,
        FRACTION,
        EXPONENT,
        EXPONENT_SIGN,
        EXPONENT_DIGITS
    }

    private Part part = Part.NONE;

    /// Whether `b` can begin a number, and if so begins it.
    boolean begin(byte b) {
        part = b == '-' ? Part.MINUS : isDigit(b) ? firstDigit(b) : Part.NONE;
        return part != Part.NONE;
    }

    /// Goes over the bytes of the number; returns where they end.
    int scan(byte[] json, int from, int end) {
        for (int i = from; i < end; i++) {
            Part next = isDigit(json[i]) ? behindDigit(json[i]) : behindSign(json[i]);
            if (next == Part.NONE) {
                return i;
            }
            part = next;
        }
        return end;
    }

    /// Whether what came so far is a number.
    boolean complete() {
        return part == Part.ZERO || part == Part.DIGITS || part == Part.FRACTION || part == Part.EXPONENT_DIGITS;
    }

    private Part behindDigit(byte b) {
        return switch (part) {
            case MINUS -> firstDigit(b);
            case NONE, ZERO -> Part.NONE;
            case DIGITS -> Part.DIGITS;
            case POINT, FRACTION -> Part.FRACTION;
            case EXPONENT, EXPONENT_SIGN, EXPONENT_DIGITS -> Part.EXPONENT_DIGITS;
        };
    }

    private Part behindSign(byte b) {
        boolean integer = part == Part.ZERO || part == Part.DIGITS;
        return switch (b) {
            case '.' -> integer ? Part.POINT : Part.NONE;
            case 'e', 'E' -> integer || part == Part.FRACTION ? Part.EXPONENT : Part.NONE;
            case '+', '-' -> part == Part.EXPONENT ? Part.EXPONENT_SIGN : Part.NONE;
            default -> Part.NONE;
        };
    }

    private static Part firstDigit(byte b) {
        return b == '0' ? Part.ZERO : Part.DIGITS;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
