package dev.agw.http;

import java.util.Arrays;

/*
 * Lines end with LF, CRLF or CR, and a piece may end between CR and LF. An event is told at the first byte that makes its
 * empty line complete, never later: waiting for an LF that may not come would hold the event back. An LF that then turns up
 * at the front of the next piece is handed on by itself.
 *
 * Joining many data lines costs the square of their number; the event limit keeps that small.
 */
/// Finds the events of a `text/event-stream` in bytes that are cut anywhere.
///
/// An event within one piece is told where it lies; of others the beginning is kept until the end comes, at
/// most [#EVENT_LIMIT] bytes of it. Longer events are handed on unobserved. Not thread-safe.
public final class SseScanner {
    /// Bytes of the longest event that is looked at.
    public static final int EVENT_LIMIT = 1 << 20;

    private static final byte[] NONE = new byte[0];
    private static final int FIRST_ROOM = 512;
    private static final int KEPT_ROOM = 4096;

    private final SseListener listener;
    private final SseEvent event = new SseEvent();
    private byte[] carry = NONE;
    private int carried;
    private boolean lineEmpty = true;
    private boolean behindReturn;
    private boolean tooLong;
    private boolean first = true;

    public SseScanner(SseListener listener) {
        this.listener = listener;
    }

    /// Whether everything so far belongs to events that are complete: other events may be put in here.
    public boolean betweenEvents() {
        return carried == 0 && !tooLong;
    }

    /// Takes the next piece, of at least one byte.
    public void scan(byte[] array, int offset, int length) {
        int end = offset + length;
        boolean halfLineEnd = behindReturn && array[offset] == '\n';
        int i = halfLineEnd ? offset + 1 : offset;
        int start = halfLineEnd && betweenEvents() ? i : offset;
        if (start > offset) {
            listener.halfLineEnd(array, offset);
        }
        behindReturn = false;
        while (i < end) {
            int stop = SseLines.lineStop(array, i, end);
            boolean blank = lineEmpty && stop == i;
            lineEmpty = stop < end || (lineEmpty && stop == i);
            i = stop < end ? behindLineEnd(array, stop, end) : end;
            if (blank) {
                complete(array, start, i);
                start = i;
            }
        }
        keep(array, start, end);
    }

    /// Says that the stream is over: what is left counts as an event, for servers that forget the last empty
    /// line.
    public void finish() {
        if (carried > 0) {
            tell(carry, 0, carried);
        }
        carried = 0;
    }

    private int behindLineEnd(byte[] array, int stop, int end) {
        if (array[stop] == '\n') {
            return stop + 1;
        }
        behindReturn = stop + 1 == end;
        return !behindReturn && array[stop + 1] == '\n' ? stop + 2 : stop + 1;
    }

    private void complete(byte[] array, int start, int end) {
        if (carried == 0 && !tooLong && end - start <= EVENT_LIMIT) {
            tell(array, start, end);
            return;
        }
        keep(array, start, end);
        if (!tooLong) {
            tell(carry, 0, carried);
        }
        tooLong = false;
        carried = 0;
        if (carry.length > KEPT_ROOM) {
            carry = NONE;
        }
    }

    private void tell(byte[] array, int start, int end) {
        event.read(array, start, end, first);
        first = false;
        listener.event(event);
        event.forget();
    }

    private void keep(byte[] array, int start, int end) {
        int length = end - start;
        if (length == 0) {
            return;
        }
        if (!tooLong && length > EVENT_LIMIT - carried) {
            tooLong = true;
            first = false;
            if (carried > 0) {
                listener.unobserved(carry, 0, carried);
            }
            carried = 0;
        }
        if (tooLong) {
            listener.unobserved(array, start, length);
        } else {
            append(array, start, length);
        }
    }

    private void append(byte[] array, int start, int length) {
        int total = carried + length;
        if (total > carry.length) {
            carry = Arrays.copyOf(carry, Math.max(FIRST_ROOM, total * 2));
        }
        System.arraycopy(array, start, carry, carried, length);
        carried = total;
    }
}
