package dev.agw.http2;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/*
 * An array costs some forty bytes more than what is in it, and its place in a queue as many. In frames of one byte a
 * window of 64 KiB would hold 5 MiB: small pieces that nobody has read yet are copied together.
 */
/// Bytes of DATA frames that wait to be read. To be guarded by its owner.
public final class Pieces {
    private static final int SMALL = 512;

    private final Deque<byte[]> waiting = new ArrayDeque<>(2);

    /// Adds what came; the array is not copied, nor touched again, unless it is small.
    public void add(byte[] bytes) {
        byte[] last = waiting.peekLast();
        if (last != null && together(last, bytes)) {
            waiting.removeLast();
            waiting.add(joined(last, bytes));
        } else {
            waiting.add(bytes);
        }
    }

    /// The first piece, which is taken out; null if there is none.
    public byte @Nullable [] poll() {
        return waiting.poll();
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// Takes everything out; returns how many bytes that were.
    public int discard() {
        int bytes = waiting.stream().mapToInt(piece -> piece.length).sum();
        waiting.clear();
        return bytes;
    }

    /// Whether two pieces are better kept as one.
    public static boolean together(byte[] first, byte[] second) {
        return first.length + second.length <= SMALL;
    }

    /// Both in one array.
    public static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
