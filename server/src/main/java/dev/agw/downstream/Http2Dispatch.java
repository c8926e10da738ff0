package dev.agw.downstream;

import dev.agw.exchange.Failure;
import dev.agw.exchange.Request;
import dev.agw.http.Headers;
import dev.agw.http2.ConnectionErrorException;
import dev.agw.http2.ErrorCode;
import dev.agw.http2.Flag;
import dev.agw.http2.FrameReader;
import dev.agw.http2.FrameType;
import dev.agw.http2.HeaderBlock;
import dev.agw.http2.HpackDecoder;
import dev.agw.http2.Outbound;
import dev.agw.http2.Settings;
import dev.agw.http2.StreamErrorException;
import dev.agw.telemetry.Flood;
import dev.agw.telemetry.Limit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What each frame of a client means, in the order of RFC 9113 §6. Used by the thread that reads alone.
final class Http2Dispatch {
    /// Room for a header block that is too large by a little, so that it is answered 431 and not cut off.
    private static final int BLOCK_SLACK = 4;

    private final Http2Connection connection;
    private final FrameReader frame;
    private final Outbound outbound;
    private final FloodGuard floods;
    private final HpackDecoder decoder = new HpackDecoder(Settings.INITIAL.headerTableSize());
    private final HeaderBlock block;
    private final EndedStreams ended;
    private final FrameMemory memory;
    private Settings peer = Settings.INITIAL;
    private boolean greeted;

    Http2Dispatch(Http2Connection connection, FrameReader frame, Outbound outbound) {
        this.connection = connection;
        this.frame = frame;
        this.outbound = outbound;
        this.floods = new FloodGuard(connection.meter(), outbound);
        int window = connection.port().limits().http2().streamWindow();
        this.ended = new EndedStreams(Math.max(window, Settings.INITIAL.initialWindowSize()));
        this.block = new HeaderBlock(connection.port().limits().head().bytes() * BLOCK_SLACK);
        this.memory = FrameMemory.of(connection.arrival());
    }

    /// Settings that came before the first frame.
    void peer(Settings settings) {
        peer = settings;
    }

    /// Does what the current frame says.
    ///
    /// @throws ConnectionErrorException the connection must end
    void frame() throws ConnectionErrorException {
        requireOrder();
        try {
            switch (frame.type()) {
                case FrameType.DATA -> data();
                case FrameType.HEADERS -> headers();
                case FrameType.PRIORITY -> priority();
                case FrameType.RST_STREAM -> reset();
                case FrameType.SETTINGS -> settings();
                case FrameType.PING -> ping();
                case FrameType.GOAWAY -> requireConnection();
                case FrameType.WINDOW_UPDATE -> windowUpdate();
                case FrameType.CONTINUATION -> continuation();
                case FrameType.PUSH_PROMISE -> throw protocol("a client may not push");
                default -> floods.note(Flood.PRIORITY);
            }
        } catch (StreamErrorException fault) {
            refuse(fault);
        }
    }

    private void requireOrder() throws ConnectionErrorException {
        if (!greeted) {
            if (frame.type() != FrameType.SETTINGS || frame.has(Flag.ACK)) {
                throw protocol("the first frame is not SETTINGS");
            }
            greeted = true;
            connection.readBy(0);
        }
        if (block.open() && frame.type() != FrameType.CONTINUATION) {
            throw protocol("a header block is interrupted");
        }
    }

    /// Ends one stream. Who makes faults on purpose makes us work: they count as rapid resets. That we have no room is
    /// no fault of the client.
    private void refuse(StreamErrorException fault) throws ConnectionErrorException {
        if (fault.code() != ErrorCode.REFUSED_STREAM) {
            floods.note(Flood.RAPID_RESET);
        }
        Http2Stream stream = connection.stream(fault.stream());
        if (stream != null) {
            stream.reset(fault.code());
            ended.reset(stream.id());
            forget(stream);
        } else {
            outbound.add(writer -> writer.reset(fault.stream(), fault.code()));
            if (fault.stream() <= connection.lastStream()) {
                ended.reset(fault.stream());
            }
        }
    }

    /// The thread of a stream is through; what a client still sends that had not ended is skipped.
    void forgotten(Http2Stream stream) {
        ended.finished(stream.id(), stream.remoteEnded());
    }

    private void forget(Http2Stream stream) {
        stream.gone();
        connection.close(stream);
    }

    private void data() throws ConnectionErrorException, StreamErrorException {
        requireStream();
        int whole = frame.length();
        if (!connection.admit(whole)) {
            throw new ConnectionErrorException(ErrorCode.FLOW_CONTROL_ERROR, "DATA beyond the connection's window");
        }
        frame.unpad();
        if (frame.length() == 0 && !frame.has(Flag.END_STREAM)) {
            floods.note(Flood.EMPTY_FRAME);
        }
        Http2Stream stream = connection.stream(frame.stream());
        if (stream == null || stream.remoteEnded()) {
            connection.consumed(whole);
            unexpected(stream, whole);
        } else {
            accept(stream, whole);
        }
    }

    /// DATA of a stream that was just reset may still be under way; other DATA must not come.
    private void unexpected(@Nullable Http2Stream stream, int whole) throws StreamErrorException {
        if (stream != null || !ended.tolerates(frame.stream(), whole, frame.has(Flag.END_STREAM))) {
            throw new StreamErrorException(frame.stream(), ErrorCode.STREAM_CLOSED, "DATA behind the end");
        }
    }

    private void accept(Http2Stream stream, int whole) throws StreamErrorException {
        if (!stream.admit(whole)) {
            connection.consumed(whole);
            throw new StreamErrorException(stream.id(), ErrorCode.FLOW_CONTROL_ERROR, "DATA beyond the window");
        }
        stream.consumed(whole - frame.length());
        boolean right = stream.add(frame.payload());
        if (right && frame.has(Flag.END_STREAM)) {
            right = stream.end(new Headers());
        }
        if (!right) {
            throw wrongLength(stream.id());
        }
    }

    private static StreamErrorException wrongLength(int stream) {
        return new StreamErrorException(stream, ErrorCode.PROTOCOL_ERROR, "a body of another length than announced");
    }

    private void headers() throws ConnectionErrorException, StreamErrorException {
        requireStream(false);
        if (frame.stream() % 2 == 0) {
            throw protocol("a stream of the server's");
        }
        frame.unpad();
        boolean onItself = false;
        if (frame.has(Flag.PRIORITY)) {
            requireLength(frame.length() >= 5);
            onItself = (frame.number(0) & Integer.MAX_VALUE) == frame.stream();
            frame.skip(5);
        }
        beginBlock();
        if (onItself) {
            throw new StreamErrorException(frame.stream(), ErrorCode.PROTOCOL_ERROR, "a stream depends on itself");
        }
    }

    private void beginBlock() throws ConnectionErrorException, StreamErrorException {
        addToBlock(true);
        if (frame.has(Flag.END_HEADERS)) {
            endBlock();
        } else {
            connection.readBy(connection.port().limits().headTimeout().toNanos());
        }
    }

    private void continuation() throws ConnectionErrorException, StreamErrorException {
        if (!block.open()) {
            throw protocol("CONTINUATION without HEADERS");
        }
        addToBlock(false);
        if (frame.has(Flag.END_HEADERS)) {
            connection.readBy(0);
            endBlock();
        }
    }

    private void addToBlock(boolean first) throws ConnectionErrorException {
        memory.require(frame);
        try {
            if (first) {
                block.begin(frame);
            } else {
                block.add(frame);
            }
        } catch (ConnectionErrorException e) {
            if (e.code() == ErrorCode.ENHANCE_YOUR_CALM) {
                connection.meter().flooded(Flood.CONTINUATION);
            }
            throw e;
        }
    }

    /// Gives back what is held of a block that will not be continued.
    void close() {
        memory.close();
    }

    private void endBlock() throws ConnectionErrorException, StreamErrorException {
        int id = block.stream();
        boolean end = block.endStream();
        Http2Fields fields = new Http2Fields(connection.port().limits().head());
        block.decode(decoder, fields);
        memory.close();
        Http2Stream stream = connection.stream(id);
        if (stream != null) {
            trailers(stream, fields, end);
        } else if (id <= connection.lastStream()) {
            stale(id);
        } else {
            begin(id, fields, end);
        }
    }

    private static void trailers(Http2Stream stream, Http2Fields fields, boolean end) throws StreamErrorException {
        if (stream.remoteEnded()) {
            throw new StreamErrorException(stream.id(), ErrorCode.STREAM_CLOSED, "HEADERS behind the end");
        }
        if (!end) {
            throw new StreamErrorException(stream.id(), ErrorCode.PROTOCOL_ERROR, "trailers that do not end");
        }
        if (!stream.end(fields.trailers(stream.id()))) {
            throw wrongLength(stream.id());
        }
    }

    /// Trailers, or what is taken for them, may cross our RST_STREAM; they were decoded, which keeps the tables alike.
    private void stale(int id) throws ConnectionErrorException {
        if (ended.tolerates(id, 0, true)) {
            return;
        }
        boolean known = ended.known(id) || id == connection.lastStream();
        throw new ConnectionErrorException(
                known ? ErrorCode.STREAM_CLOSED : ErrorCode.PROTOCOL_ERROR, "HEADERS of a stream that is over");
    }

    private void begin(int id, Http2Fields fields, boolean end) throws StreamErrorException {
        connection.skip(id);
        if (connection.ending() || connection.crowded()) {
            noteCrowd();
            throw new StreamErrorException(id, ErrorCode.REFUSED_STREAM, "no more streams");
        }
        if (fields.tooLarge()) {
            refuse(
                    new Http2Stream(connection, id, "GET", new Headers(), -1, end),
                    fields.refusal().orElseThrow());
            return;
        }
        fields.check(id);
        long length = fields.length(id);
        if (end && length > 0) {
            throw wrongLength(id);
        }
        Http2Stream stream = new Http2Stream(connection, id, fields.method(), fields.headers(), length, end);
        Optional<Failure> refusal = fields.refusal();
        if (refusal.isPresent()) {
            refuse(stream, refusal.get());
        } else {
            Request request = fields.request(stream.offered(), connection.arrival());
            connection.open(stream);
            connection.start(() -> stream.serve(request));
        }
    }

    private void noteCrowd() {
        if (!connection.ending()) {
            connection.meter().refused(Limit.CONCURRENT_STREAMS);
        }
    }

    private void refuse(Http2Stream stream, Failure failure) {
        connection.open(stream);
        connection.start(() -> stream.refuse(failure));
    }

    private void priority() throws ConnectionErrorException, StreamErrorException {
        requireStream(false);
        floods.note(Flood.PRIORITY);
        if (frame.length() != 5) {
            throw new StreamErrorException(frame.stream(), ErrorCode.FRAME_SIZE_ERROR, "PRIORITY of a wrong size");
        }
        if ((frame.number(0) & Integer.MAX_VALUE) == frame.stream()) {
            throw new StreamErrorException(frame.stream(), ErrorCode.PROTOCOL_ERROR, "a stream depends on itself");
        }
    }

    private void reset() throws ConnectionErrorException {
        requireStream();
        requireLength(frame.length() == 4);
        Http2Stream stream = connection.stream(frame.stream());
        if (stream != null) {
            if (stream.rapid(System.nanoTime())) {
                floods.note(Flood.RAPID_RESET);
            }
            ended.over(stream.id());
            forget(stream);
        }
    }

    private void settings() throws ConnectionErrorException {
        requireConnection();
        if (frame.has(Flag.ACK)) {
            requireLength(frame.length() == 0);
            return;
        }
        floods.note(Flood.SETTINGS);
        peer = peer.with(frame.payload());
        outbound.settings(peer);
        requireValid(connection.windowsFit(), peer.initialWindowSize());
        outbound.add(writer -> writer.settingsAck());
    }

    private void ping() throws ConnectionErrorException {
        requireConnection();
        requireLength(frame.length() == 8);
        if (!frame.has(Flag.ACK)) {
            floods.note(Flood.PING);
            byte[] opaque = frame.payload();
            outbound.add(writer -> writer.ping(opaque, true));
        }
    }

    private void windowUpdate() throws ConnectionErrorException, StreamErrorException {
        requireLength(frame.length() == 4);
        int increment = frame.number(0) & Integer.MAX_VALUE;
        floods.noteWindowUpdate();
        if (frame.stream() == 0) {
            requireValid(increment > 0 && outbound.grant(increment), increment);
            return;
        }
        requireStream();
        Http2Stream stream = connection.stream(frame.stream());
        if (increment == 0) {
            throw new StreamErrorException(frame.stream(), ErrorCode.PROTOCOL_ERROR, "a window grows by nothing");
        }
        if (stream != null && !outbound.grant(stream.sendWindow(), increment)) {
            throw new StreamErrorException(frame.stream(), ErrorCode.FLOW_CONTROL_ERROR, "a window above 2^31-1");
        }
    }

    private static void requireValid(boolean valid, int increment) throws ConnectionErrorException {
        if (!valid) {
            ErrorCode code = increment == 0 ? ErrorCode.PROTOCOL_ERROR : ErrorCode.FLOW_CONTROL_ERROR;
            throw new ConnectionErrorException(code, "a window grows by what it may not");
        }
    }

    private void requireConnection() throws ConnectionErrorException {
        if (frame.stream() != 0) {
            throw protocol("a frame of the connection names a stream");
        }
    }

    private void requireStream() throws ConnectionErrorException {
        requireStream(true);
    }

    private void requireStream(boolean begun) throws ConnectionErrorException {
        if (frame.stream() == 0) {
            throw protocol("a frame of a stream names none");
        }
        if (begun && (frame.stream() > connection.lastStream() || frame.stream() % 2 == 0)) {
            throw protocol("a frame of a stream that was not begun");
        }
    }

    private static void requireLength(boolean right) throws ConnectionErrorException {
        if (!right) {
            throw new ConnectionErrorException(
                    ErrorCode.FRAME_SIZE_ERROR, "a frame of a size that its type cannot have");
        }
    }

    private static ConnectionErrorException protocol(String message) {
        return new ConnectionErrorException(ErrorCode.PROTOCOL_ERROR, message);
    }
}
