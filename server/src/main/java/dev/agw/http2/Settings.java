package dev.agw.http2;

import java.nio.ByteBuffer;

/// What one side of a connection asks of the other (RFC 9113 §6.5.2).
///
/// @param maxConcurrentStreams -1: no bound was given
/// @param maxHeaderListSize -1: no bound was given
public record Settings(
        int headerTableSize,
        boolean enablePush,
        int maxConcurrentStreams,
        int initialWindowSize,
        int maxFrameSize,
        int maxHeaderListSize) {
    /// What holds before a SETTINGS frame came.
    public static final Settings INITIAL = new Settings(4096, true, -1, 65_535, 16_384, -1);

    private static final int HEADER_TABLE_SIZE = 1;
    private static final int ENABLE_PUSH = 2;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int MAX_FRAME_SIZE = 5;
    private static final int MAX_HEADER_LIST_SIZE = 6;

    /// These settings with what a SETTINGS frame changes.
    ///
    /// @param payload identifiers and values, 6 bytes each; unknown ones are skipped
    public Settings with(byte[] payload) throws ConnectionErrorException {
        if (payload.length % 6 != 0) {
            throw new ConnectionErrorException(ErrorCode.FRAME_SIZE_ERROR, "SETTINGS of a length that cannot be");
        }
        Settings changed = this;
        ByteBuffer fields = ByteBuffer.wrap(payload);
        while (fields.hasRemaining()) {
            changed = changed.with(fields.getShort() & 0xFFFF, fields.getInt() & 0xFFFF_FFFFL);
        }
        return changed;
    }

    private Settings with(int id, long value) throws ConnectionErrorException {
        int bounded = (int) Math.min(value, Integer.MAX_VALUE);
        return switch (id) {
            case HEADER_TABLE_SIZE -> new Settings(bounded, enablePush, maxConcurrentStreams, initialWindowSize,
                    maxFrameSize, maxHeaderListSize);
            case ENABLE_PUSH -> new Settings(headerTableSize, flag(value), maxConcurrentStreams, initialWindowSize,
                    maxFrameSize, maxHeaderListSize);
            case MAX_CONCURRENT_STREAMS -> new Settings(headerTableSize, enablePush, bounded, initialWindowSize,
                    maxFrameSize, maxHeaderListSize);
            case INITIAL_WINDOW_SIZE -> new Settings(headerTableSize, enablePush, maxConcurrentStreams, window(value),
                    maxFrameSize, maxHeaderListSize);
            case MAX_FRAME_SIZE -> new Settings(headerTableSize, enablePush, maxConcurrentStreams, initialWindowSize,
                    frame(value), maxHeaderListSize);
            case MAX_HEADER_LIST_SIZE -> new Settings(headerTableSize, enablePush, maxConcurrentStreams,
                    initialWindowSize, maxFrameSize, bounded);
            default -> this;
        };
    }

    private static boolean flag(long value) throws ConnectionErrorException {
        if (value > 1) {
            throw new ConnectionErrorException(ErrorCode.PROTOCOL_ERROR, "ENABLE_PUSH is neither 0 nor 1");
        }
        return value == 1;
    }

    private static int window(long value) throws ConnectionErrorException {
        if (value > Integer.MAX_VALUE) {
            throw new ConnectionErrorException(ErrorCode.FLOW_CONTROL_ERROR, "an initial window above 2^31-1");
        }
        return (int) value;
    }

    private static int frame(long value) throws ConnectionErrorException {
        if (value < 16_384 || value > 16_777_215) {
            throw new ConnectionErrorException(ErrorCode.PROTOCOL_ERROR, "a frame size that may not be asked for");
        }
        return (int) value;
    }

    /// The payload of a SETTINGS frame that says where these differ from [#INITIAL].
    public byte[] payload() {
        ByteBuffer fields = ByteBuffer.allocate(36);
        put(fields, HEADER_TABLE_SIZE, headerTableSize, INITIAL.headerTableSize);
        put(fields, ENABLE_PUSH, enablePush ? 1 : 0, 1);
        put(fields, MAX_CONCURRENT_STREAMS, maxConcurrentStreams, -1);
        put(fields, INITIAL_WINDOW_SIZE, initialWindowSize, INITIAL.initialWindowSize);
        put(fields, MAX_FRAME_SIZE, maxFrameSize, INITIAL.maxFrameSize);
        put(fields, MAX_HEADER_LIST_SIZE, maxHeaderListSize, -1);
        byte[] payload = new byte[fields.position()];
        fields.flip().get(payload);
        return payload;
    }

    private static void put(ByteBuffer fields, int id, int value, int usual) {
        if (value != usual) {
            fields.putShort((short) id).putInt(value);
        }
    }
}
