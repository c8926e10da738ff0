package dev.agw.http;

import java.util.Arrays;

/// Keeps the values of wanted members while a JSON object of any length passes by in pieces.
///
/// Holds at most `bound` bytes per value, whatever the size of the text; a longer value counts as absent. Not
/// thread-safe.
public final class JsonCapture {
    private static final byte[] NONE = new byte[0];
    private static final int FIRST_ROOM = 256;

    private final JsonScanner scanner;
    private final int bound;
    private final byte[][] values;
    private final int[] lengths;
    private final long[] starts;
    private long position;

    /// @param maxDepth levels of nesting that are allowed
    /// @param bound bytes kept per value
    public JsonCapture(JsonNames wanted, int maxDepth, int bound) {
        this.scanner = new JsonScanner(wanted, maxDepth);
        this.bound = bound;
        this.values = new byte[wanted.size()][];
        this.lengths = new int[wanted.size()];
        this.starts = new long[wanted.size()];
        Arrays.fill(values, NONE);
        Arrays.fill(starts, -1);
    }

    /// Takes the next piece.
    ///
    /// @throws JsonException as [JsonScanner#scan]
    public void scan(byte[] json, int offset, int length) {
        scanner.scan(json, offset, length);
        for (int name = 0; name < values.length; name++) {
            if (scanner.members().has(name)) {
                keep(name, json, offset, length);
            }
        }
        position += length;
    }

    /// Whether the text is over and was JSON.
    public boolean complete() {
        return scanner.complete();
    }

    /// The value of a member, or [JsonCursor#NOTHING] while it is not wholly there.
    public JsonCursor value(int name) {
        long start = scanner.members().valueStartAt(name);
        long end = scanner.members().valueEndAt(name);
        boolean whole = start >= 0 && end - start == lengths[name];
        return whole ? JsonCursor.of(values[name], 0, lengths[name]) : JsonCursor.NOTHING;
    }

    /// Adds the part of the value that lies in this piece; a repeated member starts anew.
    private void keep(int name, byte[] json, int offset, int length) {
        long start = scanner.members().valueStartAt(name);
        long end = scanner.members().valueEndAt(name);
        if (starts[name] != start) {
            starts[name] = start;
            lengths[name] = 0;
        }
        int from = (int) Math.max(0, start - position);
        int to = end < 0 ? length : (int) Math.min(length, end - position);
        if (from < to && lengths[name] <= bound) {
            append(name, json, offset + from, to - from);
        }
    }

    private void append(int name, byte[] json, int offset, int length) {
        int total = lengths[name] + length;
        if (total > bound || total < 0) {
            values[name] = NONE;
            lengths[name] = Integer.MAX_VALUE;
            return;
        }
        if (total > values[name].length) {
            values[name] = Arrays.copyOf(values[name], Math.max(FIRST_ROOM, Math.min(bound, total * 2)));
        }
        System.arraycopy(json, offset, values[name], lengths[name], length);
        lengths[name] = total;
    }
}
