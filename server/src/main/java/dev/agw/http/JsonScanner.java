package dev.agw.http;

import java.nio.charset.StandardCharsets;

/*
 * One pass, one byte looked at once, no tree: a state says what may come next, a bit per level says whether that level is
 * an object, and everything else (an open string, half an escape, part of a number) is carried in fields, so that the text
 * may be cut anywhere. The whole grammar of RFC 8259 is held, because a body that the gateway and the provider would read
 * in two ways is a way around policy. Only whether strings are UTF-8 is not looked at: no structure hangs on it.
 */
/// Reads JSON in passing, in pieces cut anywhere, and notes where the wanted members of the outermost object
/// lie.
///
/// Not thread-safe. After an exception the scanner is of no more use.
public final class JsonScanner {
    private enum State {
        VALUE,
        FIRST_KEY,
        KEY,
        COLON,
        FIRST_ELEMENT,
        AFTER_VALUE,
        END,
        STRING,
        ESCAPE,
        HEX,
        LITERAL,
        NUMBER
    }

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final JsonMembers members;
    private final int maxDepth;
    private final long[] objectLevels;
    private final JsonNumber number = new JsonNumber();
    private State state = State.VALUE;
    private int depth;
    private boolean inKey;
    private int hexDigits;
    private byte[] literal = NULL;
    private int literalAt;
    private long position;
    /// What an index into the current piece lacks to an offset into the text.
    private long base;

    /// @param maxDepth levels of nesting that are allowed
    public JsonScanner(JsonNames wanted, int maxDepth) {
        this.members = new JsonMembers(wanted);
        this.maxDepth = maxDepth;
        this.objectLevels = new long[(maxDepth >> 6) + 1];
    }

    /// Scans a text that is wholly in memory.
    ///
    /// @param maxDepth levels of nesting that are allowed
    /// @throws JsonException it is not JSON, not complete, or nested too deep
    public static JsonMembers scan(byte[] json, JsonNames wanted, int maxDepth) {
        JsonScanner scanner = new JsonScanner(wanted, maxDepth);
        scanner.scan(json, 0, json.length);
        scanner.finish();
        return scanner.members;
    }

    /// The wanted members as far as they were met.
    public JsonMembers members() {
        return members;
    }

    /// Whether a whole value was read.
    public boolean complete() {
        return state == State.END || (state == State.NUMBER && depth == 0 && number.complete());
    }

    /// Says that the text is over.
    ///
    /// @throws JsonException it is not complete
    public void finish() {
        if (!complete()) {
            throw new JsonException("unexpected end", position);
        }
    }

    /// Takes the next piece.
    ///
    /// @throws JsonException it does not continue what came before as JSON does, or nests too deep
    public void scan(byte[] json, int offset, int length) {
        int end = offset + length;
        base = position - offset;
        int i = offset;
        while (i < end) {
            i = switch (state) {
                case STRING -> string(json, i, end);
                case ESCAPE -> escape(json, i);
                case HEX -> hex(json, i);
                case LITERAL -> literal(json, i);
                case NUMBER -> number(json, i, end);
                case VALUE, FIRST_KEY, KEY, COLON, FIRST_ELEMENT, AFTER_VALUE, END -> structure(json, i, end);
            };
        }
        position += length;
    }

    /// Each of these returns where to go on: a string or a number that begins is read on the spot.
    private int structure(byte[] json, int from, int end) {
        int i = JsonBytes.skipSpace(json, from, end);
        if (i == end) {
            return end;
        }
        return switch (state) {
            case FIRST_ELEMENT -> json[i] == ']' ? close(i) : value(json, i, end);
            case FIRST_KEY -> json[i] == '}' ? close(i) : key(json, i, end);
            case KEY -> key(json, i, end);
            case COLON -> colon(json, i, end);
            case AFTER_VALUE -> commaOrEnd(json[i], i);
            case VALUE -> value(json, i, end);
            case END, STRING, ESCAPE, HEX, LITERAL, NUMBER -> throw unexpected("the end of the text", i);
        };
    }

    private int key(byte[] json, int i, int end) {
        if (json[i] != '"') {
            throw unexpected("a member name", i);
        }
        inKey = true;
        state = State.STRING;
        if (depth == 1) {
            members.keyBegins(base + i);
        }
        return string(json, i + 1, end);
    }

    private int colon(byte[] json, int i, int end) {
        if (json[i] != ':') {
            throw unexpected("':'", i);
        }
        state = State.VALUE;
        int next = i + 1;
        return next < end && !JsonBytes.isSpace(json[next]) ? value(json, next, end) : next;
    }

    private int commaOrEnd(byte b, int i) {
        boolean object = inObject();
        if (b == (object ? '}' : ']')) {
            return close(i);
        }
        if (b != ',') {
            throw unexpected(object ? "',' or '}'" : "',' or ']'", i);
        }
        state = object ? State.KEY : State.VALUE;
        return i + 1;
    }

    private int value(byte[] json, int i, int end) {
        if (depth == 1) {
            members.valueBegins(base + i);
        }
        return switch (json[i]) {
            case '"' -> {
                state = State.STRING;
                yield string(json, i + 1, end);
            }
            case '{' -> open(true, i);
            case '[' -> open(false, i);
            case 't' -> begin(TRUE, i);
            case 'f' -> begin(FALSE, i);
            case 'n' -> begin(NULL, i);
            default -> beginNumber(json, i, end);
        };
    }

    private int open(boolean object, int i) {
        if (depth == maxDepth) {
            throw JsonException.tooDeep(maxDepth, base + i);
        }
        if (object && depth == 0) {
            members.objectBegins();
        }
        long bit = 1L << depth;
        objectLevels[depth >> 6] = object ? objectLevels[depth >> 6] | bit : objectLevels[depth >> 6] & ~bit;
        depth++;
        state = object ? State.FIRST_KEY : State.FIRST_ELEMENT;
        return i + 1;
    }

    private boolean inObject() {
        int level = depth - 1;
        return (objectLevels[level >> 6] & 1L << level) != 0;
    }

    private int close(int i) {
        depth--;
        valueEnds(i + 1);
        return i + 1;
    }

    /// At depth 1 of an array there is no key, so nothing is wanted and nothing noted.
    private void valueEnds(int end) {
        if (depth == 1) {
            members.valueEnds(base + end);
        }
        state = depth == 0 ? State.END : State.AFTER_VALUE;
    }

    private int begin(byte[] word, int i) {
        literal = word;
        literalAt = 1;
        state = State.LITERAL;
        return i + 1;
    }

    private int literal(byte[] json, int i) {
        if (json[i] != literal[literalAt++]) {
            throw unexpected("true, false or null", i);
        }
        if (literalAt == literal.length) {
            valueEnds(i + 1);
        }
        return i + 1;
    }

    private int beginNumber(byte[] json, int i, int end) {
        if (!number.begin(json[i])) {
            throw unexpected("a value", i);
        }
        state = State.NUMBER;
        return number(json, i + 1, end);
    }

    private int number(byte[] json, int from, int end) {
        int stop = number.scan(json, from, end);
        if (stop < end) {
            if (!number.complete()) {
                throw unexpected("a digit", stop);
            }
            valueEnds(stop);
        }
        return stop;
    }

    private int string(byte[] json, int from, int end) {
        int stop = JsonBytes.stringStop(json, from, end);
        boolean escaped = stop < end && json[stop] == '\\';
        keepKey(json, from, escaped ? stop + 1 : stop);
        if (stop == end) {
            return end;
        }
        if (escaped) {
            state = State.ESCAPE;
        } else if (json[stop] == '"') {
            stringEnds(stop + 1);
        } else {
            throw unexpected("no control character in a string", stop);
        }
        return stop + 1;
    }

    private void keepKey(byte[] json, int start, int end) {
        if (inKey && depth == 1) {
            members.keyBytes(json, start, end);
        }
    }

    private void stringEnds(int end) {
        if (!inKey) {
            valueEnds(end);
            return;
        }
        inKey = false;
        state = State.COLON;
        if (depth == 1) {
            members.keyEnds();
        }
    }

    private int escape(byte[] json, int i) {
        keepKey(json, i, i + 1);
        state = switch (json[i]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> State.STRING;
            case 'u' -> State.HEX;
            default -> throw unexpected("an escape", i);
        };
        hexDigits = 4;
        return i + 1;
    }

    private int hex(byte[] json, int i) {
        keepKey(json, i, i + 1);
        if (Character.digit(json[i], 16) < 0) {
            throw unexpected("a hexadecimal digit", i);
        }
        if (--hexDigits == 0) {
            state = State.STRING;
        }
        return i + 1;
    }

    private JsonException unexpected(String wanted, int i) {
        return new JsonException("expected " + wanted, base + i);
    }
}
