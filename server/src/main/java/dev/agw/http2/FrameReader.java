package dev.agw.http2;

import dev.agw.http.Source;
import java.io.IOException;
import java.util.Arrays;

/// Reads frames one after the other; the current one lies in [#array] until the next call of [#next].
///
/// Holds a small array while it waits for a frame, and one of the frame's size from its head to its end.
public final class FrameReader {
    /// Memory for frames that are larger than the small array.
    public interface Memory {
        /// As much as there is.
        Memory UNBOUNDED = new Memory() {
            @Override
            public boolean grows(int more) {
                return true;
            }

            @Override
            public void close() {}
        };

        /// Asks for so many bytes more; false if they are not to be had.
        boolean grows(int more);

        /// Gives back what it got.
        void close();
    }

    /// What SETTINGS_MAX_FRAME_SIZE is without being announced (RFC 9113 §6.5.2); larger ones are never asked for.
    public static final int MOST_PAYLOAD = 16_384;

    private static final int HEAD = 9;
    private static final int FIRST_ROOM = 1024;
    private static final byte[] NONE = new byte[0];

    private final Source source;
    private final Memory memory;
    private byte[] bytes = NONE;
    private int pos;
    private int limit;

    private int type;
    private int flags;
    private int stream;
    private int offset;
    private int length;

    public FrameReader(Source source) {
        this(source, Memory.UNBOUNDED);
    }

    public FrameReader(Source source, Memory memory) {
        this.source = source;
        this.memory = memory;
    }

    /// Takes so many bytes that are no frame, such as the preface; fewer if the connection ends.
    public byte[] take(int count) throws IOException {
        need(count);
        int taken = Math.min(count, limit - pos);
        byte[] out = Arrays.copyOfRange(bytes, pos, pos + taken);
        pos += taken;
        return out;
    }

    /// Moves to the next frame, waiting for it; false if the connection ended before it was whole.
    ///
    /// @throws ConnectionErrorException it is larger than was agreed, or than there is memory for
    public boolean next() throws IOException {
        if (!need(HEAD)) {
            return false;
        }
        length = int32(pos) >>> 8;
        type = bytes[pos + 3] & 0xFF;
        flags = bytes[pos + 4] & 0xFF;
        stream = int32(pos + 5) & Integer.MAX_VALUE;
        if (length > MOST_PAYLOAD) {
            throw new ConnectionErrorException(ErrorCode.FRAME_SIZE_ERROR, "a frame of " + length + " bytes");
        }
        if (!need(HEAD + length)) {
            return false;
        }
        offset = pos + HEAD;
        pos += HEAD + length;
        return true;
    }

    /// Whether the next frame is here as a whole.
    public boolean ready() {
        int available = limit - pos;
        if (available < HEAD) {
            return false;
        }
        int next = int32(pos) >>> 8;
        return available >= HEAD + next;
    }

    /// Whether a part of a frame is here, and its rest is awaited. From another thread it may be late by a moment.
    public boolean begun() {
        return limit > pos;
    }

    /// Takes the padding of DATA or HEADERS off (RFC 9113 §6.1); without the flag it does nothing.
    public void unpad() throws ConnectionErrorException {
        if ((flags & Flag.PADDED) == 0) {
            return;
        }
        int padding = length == 0 ? 0 : bytes[offset] & 0xFF;
        if (length < 1 + padding) {
            throw new ConnectionErrorException(ErrorCode.PROTOCOL_ERROR, "padding is longer than its frame");
        }
        offset++;
        length -= 1 + padding;
    }

    /// Skips bytes at the start of the payload.
    public void skip(int count) {
        offset += count;
        length -= count;
    }

    public int type() {
        return type;
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /// The stream that the frame belongs to; 0 is the connection.
    public int stream() {
        return stream;
    }

    public byte[] array() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    /// Bytes of the payload.
    public int length() {
        return length;
    }

    /// The payload's 32 bits from `at` on.
    public int number(int at) {
        return int32(offset + at);
    }

    /// A copy of the payload.
    public byte[] payload() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    private int int32(int at) {
        return ((bytes[at] & 0xFF) << 24)
                | ((bytes[at + 1] & 0xFF) << 16)
                | ((bytes[at + 2] & 0xFF) << 8)
                | (bytes[at + 3] & 0xFF);
    }

    private boolean need(int count) throws IOException {
        if (limit - pos >= count) {
            return true;
        }
        makeRoom(count);
        while (limit < count) {
            int read = source.read(bytes, limit, bytes.length - limit);
            if (read < 0) {
                return false;
            }
            limit += read;
        }
        return true;
    }

    /// Moves what is there to the start of an array that is large enough, and no larger than it has to be.
    private void makeRoom(int count) throws ConnectionErrorException {
        int available = limit - pos;
        byte[] target = target(Math.max(count, FIRST_ROOM));
        System.arraycopy(bytes, pos, target, 0, available);
        bytes = target;
        pos = 0;
        limit = available;
    }

    private byte[] target(int room) throws ConnectionErrorException {
        if (bytes.length == room) {
            return bytes;
        }
        memory.close();
        if (room > FIRST_ROOM && !memory.grows(room)) {
            throw new ConnectionErrorException(ErrorCode.ENHANCE_YOUR_CALM, "no memory for a frame");
        }
        return new byte[room];
    }
}
