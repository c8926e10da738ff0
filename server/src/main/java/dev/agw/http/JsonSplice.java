package dev.agw.http;

import java.util.ArrayList;
import java.util.List;

/// Replaces and inserts parts of a text that stays as it is everywhere else.
public final class JsonSplice {
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Edit(int start, int end, byte[] content) {}

    private final byte[] text;
    private final List<Edit> edits = new ArrayList<>(2);

    public JsonSplice(byte[] text) {
        this.text = text;
    }

    /// Puts `content` in the place of what lies between two offsets. Edits do not overlap.
    public void replace(int start, int end, byte[] content) {
        edits.add(new Edit(start, end, content));
    }

    /// Puts `content` before the byte at `offset`.
    public void insert(int offset, byte[] content) {
        replace(offset, offset, content);
    }

    /// The text with all edits made; the very array that was given if there are none.
    public byte[] result() {
        if (edits.isEmpty()) {
            return text;
        }
        edits.sort((one, other) -> Integer.compare(one.start(), other.start()));
        byte[] result = new byte[text.length + growth()];
        int from = 0;
        int to = 0;
        for (Edit edit : edits) {
            to = append(text, from, edit.start(), result, to);
            to = append(edit.content(), 0, edit.content().length, result, to);
            from = edit.end();
        }
        append(text, from, text.length, result, to);
        return result;
    }

    private int growth() {
        int growth = 0;
        for (Edit edit : edits) {
            growth += edit.content().length - (edit.end() - edit.start());
        }
        return growth;
    }

    private static int append(byte[] source, int start, int end, byte[] target, int at) {
        System.arraycopy(source, start, target, at, end - start);
        return at + end - start;
    }
}
