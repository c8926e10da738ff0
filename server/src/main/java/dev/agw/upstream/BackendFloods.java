package dev.agw.upstream;

import dev.agw.http2.ConnectionErrorException;
import dev.agw.http2.ErrorCode;
import dev.agw.http2.FrameBucket;
import dev.agw.http2.Outbound;
import dev.agw.telemetry.Flood;
import java.util.EnumMap;
import java.util.Map;

/*
 * A backend that is broken into must not take the gateway along. Its budgets are larger than those of clients, as one
 * connection carries the calls of many: servers of gRPC ask with a PING for each piece of an upload how far away we are.
 */
/// Counts the frames of a backend that floods are made of. Used by the thread that reads the connection alone.
final class BackendFloods {
    private static final int UPDATES_PER_PIECE = 4;
    private static final int LATE_PER_STREAM = 4;

    private final UpstreamObserver observer;
    private final Outbound out;
    private final Map<Flood, FrameBucket> buckets = new EnumMap<>(Flood.class);
    private long piecesSeen;
    private int streamsSeen;

    BackendFloods(UpstreamObserver observer, Outbound out) {
        this.observer = observer;
        this.out = out;
    }

    /// Notes one frame of a kind.
    ///
    /// @throws ConnectionErrorException there were too many
    void note(Flood kind) throws ConnectionErrorException {
        if (!bucket(kind).take(System.nanoTime())) {
            flooded(kind);
            throw new ConnectionErrorException(ErrorCode.ENHANCE_YOUR_CALM, "a flood of frames: " + kind.label());
        }
    }

    /// Notes a PING or a WINDOW_UPDATE: the DATA that we sent may ask for it.
    void noteAnswering(Flood kind) throws ConnectionErrorException {
        long pieces = out.pieces();
        bucket(Flood.PING).add(pieces - piecesSeen);
        bucket(Flood.WINDOW_UPDATE).add(UPDATES_PER_PIECE * (pieces - piecesSeen));
        piecesSeen = pieces;
        note(kind);
    }

    /// Notes a frame of a stream that is over: of each that we gave up some may still be under way.
    void noteLate() throws ConnectionErrorException {
        int streams = out.begun() / 2 + 1;
        bucket(Flood.RAPID_RESET).add((long) LATE_PER_STREAM * (streams - streamsSeen));
        streamsSeen = streams;
        note(Flood.RAPID_RESET);
    }

    /// Notes DATA with bytes: its sender may have a frame without any beside it.
    void useful() {
        bucket(Flood.EMPTY_FRAME).add(1);
    }

    void flooded(Flood kind) {
        observer.flooded(kind);
    }

    private FrameBucket bucket(Flood kind) {
        return buckets.computeIfAbsent(kind, BackendFloods::fresh);
    }

    private static FrameBucket fresh(Flood kind) {
        return switch (kind) {
            case RAPID_RESET -> new FrameBucket(200, 20);
            case CONTINUATION -> new FrameBucket(1, 1); // never asked: a header block has bounds of its own
            case SETTINGS -> new FrameBucket(50, 5);
            case PING, EMPTY_FRAME -> new FrameBucket(1000, 100);
            case WINDOW_UPDATE -> new FrameBucket(1000, 1000);
            case PRIORITY -> new FrameBucket(500, 50);
        };
    }
}
