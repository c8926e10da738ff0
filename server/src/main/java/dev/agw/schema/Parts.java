package dev.agw.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/*
 * In YAML a line that begins with --- ends a document wherever it stands: in quotes, in brackets and in blocks, too
 * (YAML 1.2.2 §9.1.2). So documents can be told apart without being read. Only a line that begins with %, a directive,
 * may belong to the document behind it; files that have one stay whole.
 *
 * A file of thousands of documents, one of which changes, is not even looked through: what is the same at its beginning
 * and at its end is found by comparing arrays block by block.
 */
/// Takes the text of a file apart.
public final class Parts {
    /// Length of a separator and the blank behind it.
    private static final int SEPARATOR = 4;

    private static final int BLOCK = 1024;

    private final byte[] text;
    private final List<Part> parts = new ArrayList<>();

    private Parts(byte[] text) {
        this.text = text;
    }

    /// The parts of a file; one if it is JSON, else as many as it has documents.
    public static List<Part> of(String source, byte[] text) {
        return source.endsWith(".json") ? whole(text) : new Parts(text).all();
    }

    /// What has become of the parts of a file.
    ///
    /// @param before the text as it was
    /// @param parts what it was taken apart to
    public static Edit edit(String source, byte[] before, List<Part> parts, byte[] now) {
        // A part that is alone may be whole for one of the reasons above.
        return parts.size() < 2 || source.endsWith(".json")
                ? new Edit(0, of(source, now), 0, 0, 0)
                : new Parts(now).edit(before, parts);
    }

    private static List<Part> whole(byte[] text) {
        return List.of(new Part(0, text.length, 1, 0));
    }

    private List<Part> all() {
        parts.clear();
        return scan(0, text.length, 1) ? parts : whole(text);
    }

    private Edit edit(byte[] before, List<Part> old) {
        int same = sameAtStart(before, text);
        int kept = first(old, part -> part.to() + SEPARATOR > same);
        int from = kept == 0 ? 0 : old.get(kept - 1).to();
        int end = before.length - sameAtEnd(before, from);
        int tail = first(old, part -> part.from() > end);
        int moved = text.length - before.length;
        int to = tail == old.size() ? text.length : old.get(tail).from() + moved;
        int line = kept == 0 ? 1 : old.get(kept).line();
        if (!scan(from, to, line)) {
            return new Edit(0, all(), 0, 0, 0);
        }
        int last = parts.isEmpty()
                ? line
                : parts.getLast().line() + parts.getLast().lines();
        int lines = tail == old.size() ? 0 : last - old.get(tail).line();
        return new Edit(kept, parts, old.size() - tail, moved, lines);
    }

    /// The number of the first part for which something holds that holds for all behind it, too.
    private static int first(List<Part> parts, Predicate<Part> holds) {
        int low = 0;
        int high = parts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (holds.test(parts.get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// How many bytes two texts have in common at the start. By blocks: the JVM soon compiles what it calls
    /// often, while one call for all would run to its end uncompiled.
    public static int sameAtStart(byte[] some, byte[] others) {
        int most = Math.min(some.length, others.length);
        int same = 0;
        while (same < most) {
            int end = Math.min(same + BLOCK, most);
            int mismatch = Arrays.mismatch(some, same, end, others, same, end);
            if (mismatch >= 0) {
                return same + mismatch;
            }
            same = end;
        }
        return same;
    }

    /// How many bytes are the same at the end, if none before `from` is counted.
    private int sameAtEnd(byte[] before, int from) {
        int most = Math.min(before.length, text.length) - from;
        int same = 0;
        while (same + BLOCK <= most && sameAtEnd(before, same, BLOCK)) {
            same += BLOCK;
        }
        while (same < most && sameAtEnd(before, same, 1)) {
            same++;
        }
        return same;
    }

    private boolean sameAtEnd(byte[] before, int done, int length) {
        int old = before.length - done;
        int now = text.length - done;
        return Arrays.equals(before, old - length, old, text, now - length, now);
    }

    /// Adds the parts between two places; false if there is a directive.
    private boolean scan(int from, int to, int line) {
        int start = from;
        int first = line;
        int now = line;
        for (int at = from; at < to; at = nextLine(at), now++) {
            if (text[at] == '%') {
                return false;
            }
            if (at > start && separates(at)) {
                parts.add(new Part(start, at, first, now - first));
                start = at;
                first = now;
            }
        }
        if (start < to) {
            parts.add(new Part(start, to, first, now - first));
        }
        return true;
    }

    private boolean separates(int start) {
        return start + 3 <= text.length
                && text[start] == '-'
                && text[start + 1] == '-'
                && text[start + 2] == '-'
                && (start + 3 == text.length || blank(text[start + 3]));
    }

    private static boolean blank(byte next) {
        return next == ' ' || next == '\t' || next == '\r' || next == '\n';
    }

    private int nextLine(int start) {
        int end = start;
        while (end < text.length && !endsLine(end)) {
            end++;
        }
        return end + 1;
    }

    /// A carriage return without a line feed ends a line, too.
    private boolean endsLine(int at) {
        return text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.length || text[at + 1] != '\n'));
    }
}
