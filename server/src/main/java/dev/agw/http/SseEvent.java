package dev.agw.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One event of a stream, where it lies (WHATWG HTML §9.2.6).
///
/// ```
/// event: response.completed      ← name
/// data: {"response":{...}}       ← data
///                                ← the empty line belongs to the raw bytes
/// ```
/// A block of comments is an event without data. Valid until its listener returns. Not thread-safe.
public final class SseEvent {
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NONE = new byte[0];

    private byte[] raw = NONE;
    private int rawStart;
    private int rawEnd;
    private byte[] data = NONE;
    private int dataStart;
    private int dataEnd;
    private int nameStart;
    private int nameEnd;
    private boolean hasData;
    private boolean joined;

    SseEvent() {}

    /// The array of the raw bytes, which the name lies in too.
    public byte[] raw() {
        return raw;
    }

    public int rawStart() {
        return rawStart;
    }

    public int rawEnd() {
        return rawEnd;
    }

    /// Whether there is any `data` line, even an empty one.
    public boolean hasData() {
        return hasData;
    }

    /// The array of the data: the raw one, unless several lines had to be joined.
    public byte[] data() {
        return data;
    }

    public int dataStart() {
        return dataStart;
    }

    public int dataEnd() {
        return dataEnd;
    }

    /// Whether an offset into the data is one into the raw bytes too.
    public boolean inPlace() {
        return !joined;
    }

    /// Whether the data is exactly `text`.
    public boolean dataIs(byte[] text) {
        return Arrays.equals(data, dataStart, dataEnd, text, 0, text.length);
    }

    /// The `event` field; empty if there is none.
    public String name() {
        return new String(raw, nameStart, nameEnd - nameStart, StandardCharsets.UTF_8);
    }

    /// Whether there is an `event` field that is not empty.
    public boolean named() {
        return nameEnd > nameStart;
    }

    /// Whether the `event` field is exactly `name`.
    public boolean named(byte[] name) {
        return Arrays.equals(raw, nameStart, nameEnd, name, 0, name.length);
    }

    /// Whether the `event` field ends with `suffix`.
    public boolean nameEndsWith(byte[] suffix) {
        int from = nameEnd - suffix.length;
        return from >= nameStart && Arrays.equals(raw, from, nameEnd, suffix, 0, suffix.length);
    }

    void read(byte[] array, int start, int end, boolean first) {
        raw = array;
        rawStart = start;
        rawEnd = end;
        data = array;
        dataStart = dataEnd = nameStart = nameEnd = start;
        hasData = false;
        joined = false;
        int line = first ? behindMark(start) : start;
        while (line < end) {
            int stop = SseLines.lineStop(array, line, end);
            line(line, stop);
            line = stop + 1;
        }
    }

    void forget() {
        raw = NONE;
        data = NONE;
        rawStart = rawEnd = dataStart = dataEnd = nameStart = nameEnd = 0;
    }

    /// A stream may begin with a byte order mark.
    private int behindMark(int start) {
        boolean mark = rawEnd - start >= 3
                && raw[start] == (byte) 0xEF
                && raw[start + 1] == (byte) 0xBB
                && raw[start + 2] == (byte) 0xBF;
        return mark ? start + 3 : start;
    }

    private void line(int start, int stop) {
        if (isField(DATA, start, stop)) {
            addData(valueStart(start + DATA.length, stop), stop);
        } else if (isField(EVENT, start, stop)) {
            nameStart = valueStart(start + EVENT.length, stop);
            nameEnd = stop;
        }
    }

    private boolean isField(byte[] field, int start, int stop) {
        int colon = start + field.length;
        return colon <= stop
                && (colon == stop || raw[colon] == ':')
                && Arrays.equals(raw, start, colon, field, 0, field.length);
    }

    /// Behind the colon and one space; a line without colon has an empty value.
    private int valueStart(int colon, int stop) {
        int start = Math.min(colon + 1, stop);
        return start < stop && raw[start] == ' ' ? start + 1 : start;
    }

    private void addData(int start, int stop) {
        if (!hasData) {
            hasData = true;
            dataStart = start;
            dataEnd = stop;
            return;
        }
        int length = dataEnd - dataStart;
        byte[] lines = new byte[length + 1 + stop - start];
        System.arraycopy(data, dataStart, lines, 0, length);
        lines[length] = '\n';
        System.arraycopy(raw, start, lines, length + 1, stop - start);
        joined = true;
        data = lines;
        dataStart = 0;
        dataEnd = lines.length;
    }
}
