package dev.agw.http2;

import java.util.Arrays;

/// A header block that comes in pieces: HEADERS, then CONTINUATIONs, bounded in bytes and in frames.
///
/// A block that is dropped half-way would leave the tables of both sides apart, so going beyond ends the connection.
public final class HeaderBlock {
    /// Enough for a block of [#mostBytes] in frames of 1 KiB; small frames are how CONTINUATION floods are made.
    private static final int MOST_FRAMES = 64;

    private static final byte[] NONE = {};

    private final int mostBytes;
    private byte[] bytes = NONE;
    private int stream;
    private boolean endStream;
    private int frames;

    public HeaderBlock(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /// Whether CONTINUATIONs of this block are to follow: no other frame may come between (RFC 9113 §6.10).
    public boolean open() {
        return stream != 0;
    }

    /// Starts with the fragment of a HEADERS frame whose padding and priority were taken off.
    public void begin(FrameReader frame) throws ConnectionErrorException {
        stream = frame.stream();
        endStream = frame.has(Flag.END_STREAM);
        add(frame);
    }

    /// Adds a CONTINUATION.
    ///
    /// @throws ConnectionErrorException it belongs to another stream, or the block grows too large
    public void add(FrameReader frame) throws ConnectionErrorException {
        if (frame.stream() != stream) {
            throw new ConnectionErrorException(ErrorCode.PROTOCOL_ERROR, "a header block is interrupted");
        }
        if (++frames > MOST_FRAMES || bytes.length + frame.length() > mostBytes) {
            throw new ConnectionErrorException(ErrorCode.ENHANCE_YOUR_CALM, "a header block without end");
        }
        int before = bytes.length;
        bytes = Arrays.copyOf(bytes, before + frame.length());
        System.arraycopy(frame.array(), frame.offset(), bytes, before, frame.length());
    }

    /// The stream whose block this is.
    public int stream() {
        return stream;
    }

    /// Whether nothing follows the block on its stream.
    public boolean endStream() {
        return endStream;
    }

    /// Decodes the whole block, and lets it go.
    public void decode(HpackDecoder decoder, HpackDecoder.Fields fields) throws ConnectionErrorException {
        byte[] block = bytes;
        bytes = NONE;
        stream = 0;
        frames = 0;
        decoder.decode(block, 0, block.length, fields);
    }
}
