package dev.agw.http2;

import dev.agw.http.Output;
import dev.agw.http.Sink;
import java.io.IOException;

/// Frames gathered for one write. Not thread-safe; [Outbound] sees to that.
public final class FrameWriter {
    private static final int FIRST_ROOM = 512;

    private final Output out;
    private final byte[] number = new byte[4];

    public FrameWriter(Sink sink) {
        out = new Output(sink, FIRST_ROOM);
    }

    /// Bytes that wait for [#flush].
    public int pending() {
        return out.pending();
    }

    /// Writes all that was gathered and lets its array go.
    public void flush() throws IOException {
        out.flush();
        out.release();
    }

    public void raw(byte[] bytes) {
        out.bytes(bytes);
    }

    public void data(int stream, byte[] array, int offset, int length, boolean end) {
        head(length, FrameType.DATA, end ? Flag.END_STREAM : 0, stream);
        out.bytes(array, offset, length);
    }

    /// A header block: HEADERS, and as many CONTINUATIONs as it needs.
    ///
    /// @param most bytes of payload that the peer takes in one frame
    public void headers(int stream, byte[] block, int length, boolean end, int most) {
        int first = Math.min(length, most);
        int flags = (end ? Flag.END_STREAM : 0) | (first == length ? Flag.END_HEADERS : 0);
        head(first, FrameType.HEADERS, flags, stream);
        out.bytes(block, 0, first);
        for (int at = first; at < length; at += most) {
            int piece = Math.min(most, length - at);
            head(piece, FrameType.CONTINUATION, at + piece == length ? Flag.END_HEADERS : 0, stream);
            out.bytes(block, at, piece);
        }
    }

    public void reset(int stream, ErrorCode code) {
        head(4, FrameType.RST_STREAM, 0, stream);
        int32(code.code());
    }

    /// @param payload as of [Settings#payload]
    public void settings(byte[] payload) {
        head(payload.length, FrameType.SETTINGS, 0, 0);
        out.bytes(payload);
    }

    public void settingsAck() {
        head(0, FrameType.SETTINGS, Flag.ACK, 0);
    }

    /// @param opaque 8 bytes
    public void ping(byte[] opaque, boolean ack) {
        head(8, FrameType.PING, ack ? Flag.ACK : 0, 0);
        out.bytes(opaque);
    }

    public void goAway(int lastStream, ErrorCode code) {
        head(8, FrameType.GOAWAY, 0, 0);
        int32(lastStream);
        int32(code.code());
    }

    /// @param stream 0 for the window of the connection
    public void windowUpdate(int stream, int increment) {
        head(4, FrameType.WINDOW_UPDATE, 0, stream);
        int32(increment);
    }

    private void head(int length, int type, int flags, int stream) {
        out.ensure(9 + length);
        int32(length << 8 | type);
        number[0] = (byte) flags;
        out.bytes(number, 0, 1);
        int32(stream);
    }

    private void int32(int value) {
        number[0] = (byte) (value >>> 24);
        number[1] = (byte) (value >>> 16);
        number[2] = (byte) (value >>> 8);
        number[3] = (byte) value;
        out.bytes(number, 0, 4);
    }
}
