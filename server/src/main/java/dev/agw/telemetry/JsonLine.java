package dev.agw.telemetry;

/// Writes one flat JSON object per line. Whatever a value holds, it stays one line of valid JSON (RFC 8259). Not
/// thread-safe.
final class JsonLine {
    /// UTF-16 units of a string that are kept; the rest becomes `…`.
    static final int MAX_VALUE = 2048;

    private static final int NANOS_PER_MICRO = 1000;
    private static final int MICROS_PER_MILLI = 1000;
    private static final int CONTROLS = 0x20;
    private static final int DELETE = 0x7F;
    private static final int LAST_C1_CONTROL = 0x9F;
    private static final int LINE_SEPARATOR = 0x2028;
    private static final int PARAGRAPH_SEPARATOR = 0x2029;
    private static final String HEX = "0123456789abcdef";

    private final ByteText out;
    private boolean first = true;

    JsonLine(ByteText out) {
        this.out = out;
    }

    JsonLine begin() {
        out.put('{');
        first = true;
        return this;
    }

    void end() {
        out.put('}').put('\n');
    }

    JsonLine field(String name, String value) {
        name(name).put('"');
        string(value);
        out.put('"');
        return this;
    }

    /// Leaves the field out if there is nothing to say.
    JsonLine fieldIfAny(String name, String value) {
        return value.isEmpty() ? this : field(name, value);
    }

    JsonLine field(String name, long value) {
        name(name).number(value);
        return this;
    }

    /// Leaves the field out if the number is negative, which stands for unknown.
    JsonLine fieldIfKnown(String name, long value) {
        return value < 0 ? this : field(name, value);
    }

    /// A span of time in milliseconds with three decimals.
    JsonLine millis(String name, long nanos) {
        long micros = Math.max(0, nanos) / NANOS_PER_MICRO;
        name(name).number(micros / MICROS_PER_MILLI).put('.').digits(micros % MICROS_PER_MILLI, 3);
        return this;
    }

    /// Starts a field whose string value the caller writes: plain ASCII without quotes.
    ByteText name(String name) {
        if (!first) {
            out.put(',');
        }
        first = false;
        return out.put('"').ascii(name).put('"').put(':');
    }

    private void string(String value) {
        if (isPlain(value)) {
            out.ascii(value);
        } else {
            anyString(value);
        }
    }

    /// Whether the value can be copied as it is, as nearly all can.
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < CONTROLS || c >= DELETE || c == '"' || c == '\\') {
                return false;
            }
        }
        return value.length() <= MAX_VALUE;
    }

    private void anyString(String value) {
        int end = Math.min(value.length(), MAX_VALUE);
        for (int i = 0; i < end; ) {
            int point = value.codePointAt(i);
            i += Character.charCount(point);
            character(point);
        }
        if (end < value.length()) {
            out.codePoint('…');
        }
    }

    private void character(int point) {
        if (point == '"' || point == '\\') {
            out.put('\\').put(point);
        } else if (endsLineSomewhere(point)) {
            escape(point);
        } else {
            out.codePoint(point);
        }
    }

    /// Control characters must be escaped; some readers also break lines at NEL, LS and PS.
    private static boolean endsLineSomewhere(int point) {
        return point < CONTROLS
                || (point >= DELETE && point <= LAST_C1_CONTROL)
                || point == LINE_SEPARATOR
                || point == PARAGRAPH_SEPARATOR;
    }

    private void escape(int point) {
        out.put('\\').put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.put(HEX.charAt(point >> shift & 0xF));
        }
    }
}
