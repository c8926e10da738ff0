package dev.agw.downstream;

import dev.agw.http2.ConnectionErrorException;
import dev.agw.http2.ErrorCode;
import dev.agw.http2.FrameBucket;
import dev.agw.http2.Outbound;
import dev.agw.telemetry.Flood;
import java.util.EnumMap;
import java.util.Map;

/*
 * A frame of a few bytes may cost its receiver a thousand times what it costs its sender. Each kind has a bucket that
 * refills slowly: far more than any client needs, far less than what would be felt.
 */
/// Counts the frames that floods are made of. Used by the thread that reads the connection alone.
final class FloodGuard {
    /// A reader may announce each DATA frame for its stream and for the connection, in halves.
    private static final int UPDATES_PER_PIECE = 4;

    private final Meter meter;
    private final Outbound outbound;
    private final Map<Flood, FrameBucket> buckets = new EnumMap<>(Flood.class);
    private long piecesSeen;

    FloodGuard(Meter meter, Outbound outbound) {
        this.meter = meter;
        this.outbound = outbound;
    }

    /// Notes one frame of a kind.
    ///
    /// @throws ConnectionErrorException there were too many
    void note(Flood kind) throws ConnectionErrorException {
        if (!buckets.computeIfAbsent(kind, FloodGuard::bucket).take(System.nanoTime())) {
            meter.flooded(kind);
            throw new ConnectionErrorException(ErrorCode.ENHANCE_YOUR_CALM, "a flood of frames: " + kind.label());
        }
    }

    /// Notes a WINDOW_UPDATE: the client has earned some by the DATA that it got.
    void noteWindowUpdate() throws ConnectionErrorException {
        long pieces = outbound.pieces();
        buckets.computeIfAbsent(Flood.WINDOW_UPDATE, FloodGuard::bucket).add(UPDATES_PER_PIECE * (pieces - piecesSeen));
        piecesSeen = pieces;
        note(Flood.WINDOW_UPDATE);
    }

    /// Frames at once, and frames per second.
    private static FrameBucket bucket(Flood kind) {
        return switch (kind) {
            case RAPID_RESET -> new FrameBucket(200, 20);
            case CONTINUATION -> new FrameBucket(1, 1); // never asked: a header block has bounds of its own
            case SETTINGS -> new FrameBucket(50, 5);
            case PING, EMPTY_FRAME -> new FrameBucket(100, 10);
            case WINDOW_UPDATE -> new FrameBucket(1000, 1000);
            case PRIORITY -> new FrameBucket(500, 50);
        };
    }
}
