package dev.agw.downstream;

import dev.agw.http2.ConnectionErrorException;
import dev.agw.http2.ErrorCode;
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
    private final Map<Flood, Bucket> buckets = new EnumMap<>(Flood.class);
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
    private static Bucket bucket(Flood kind) {
        return switch (kind) {
            case RAPID_RESET -> new Bucket(200, 20);
            case CONTINUATION -> new Bucket(1, 1); // never asked: a header block has bounds of its own
            case SETTINGS -> new Bucket(50, 5);
            case PING, EMPTY_FRAME -> new Bucket(100, 10);
            case WINDOW_UPDATE -> new Bucket(1000, 1000);
            case PRIORITY -> new Bucket(500, 50);
        };
    }

    private static final class Bucket {
        private final int most;
        private final int perSecond;
        private double tokens;
        private long last = System.nanoTime();

        Bucket(int most, int perSecond) {
            this.most = most;
            this.perSecond = perSecond;
            this.tokens = most;
        }

        void add(long earned) {
            tokens = Math.min(most, tokens + earned);
        }

        boolean take(long now) {
            tokens = Math.min(most, tokens + (now - last) * 1e-9 * perSecond) - 1;
            last = now;
            return tokens >= 0;
        }
    }
}
