package dev.agw.upstream;

import dev.agw.http.HeadLimits;
import dev.agw.http2.ConnectionErrorException;
import dev.agw.http2.ErrorCode;
import dev.agw.http2.Flag;
import dev.agw.http2.FrameReader;
import dev.agw.http2.FrameType;
import dev.agw.http2.HeaderBlock;
import dev.agw.http2.HpackDecoder;
import dev.agw.http2.Outbound;
import dev.agw.http2.ReceiveWindow;
import dev.agw.http2.Settings;
import dev.agw.net.Transport;
import dev.agw.telemetry.Flood;
import dev.agw.upstream.Http2Stream.Event;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/*
 * One thread reads frames and hands them to their streams; it never waits for a stream. What comes is given back to the
 * window of the connection at once, and to that of the stream when it was read: a slow client holds up its own stream and
 * no other, and a connection holds no more than the windows of its streams.
 */
/// The receiving side of an HTTP/2 connection to a backend.
final class Http2Inbound {
    private static final int PRIORITY_FIELDS = 5;

    private final Http2Connection connection;
    private final FrameReader in;
    private final Outbound out;
    private final HeadLimits heads;
    private final HpackDecoder decoder = new HpackDecoder(Http2Connection.HEADER_TABLE);
    private final HeaderBlock block;
    private final ReceiveWindow window;
    private final BackendFloods floods;
    private Settings peer = Settings.INITIAL;

    Http2Inbound(
            Http2Connection connection, Transport transport, ConnectionSettings settings, UpstreamObserver observer) {
        this.connection = connection;
        this.in = new FrameReader(transport);
        this.out = connection.out();
        this.floods = new BackendFloods(observer, out);
        this.heads = settings.answers();
        this.block = new HeaderBlock(heads.bytes());
        this.window = new ReceiveWindow(settings.http2().connectionWindow());
    }

    /// Waits for the first word of the other side.
    void hello() throws IOException {
        if (!in.next() || in.type() != FrameType.SETTINGS || in.has(Flag.ACK)) {
            throw new ConnectionErrorException(ErrorCode.PROTOCOL_ERROR, "the backend does not speak HTTP/2");
        }
        settings();
        out.flush();
    }

    /// Reads until the connection ends, and ends it.
    void read() {
        String why = "the connection broke";
        try {
            while (in.next()) {
                connection.heard();
                frame();
                if (!in.ready()) {
                    flush();
                }
            }
            throw new EOFException();
        } catch (ConnectionErrorException e) {
            why = String.valueOf(e.getMessage());
            connection.condemn(e.code(), why);
        } catch (IOException expected) {
            why = "the connection ended";
        } finally {
            connection.fail(why);
        }
    }

    /// A backend that takes nothing further may have said something before: reading goes on to the end.
    private void flush() {
        try {
            out.flush();
        } catch (IOException expected) {
            // whoever reads next finds the end
        }
    }

    private void frame() throws IOException {
        if (block.open() && in.type() != FrameType.CONTINUATION) {
            throw protocol("a header block is interrupted");
        }
        switch (in.type()) {
            case FrameType.DATA -> data();
            case FrameType.HEADERS -> headers();
            case FrameType.CONTINUATION -> continuation();
            case FrameType.RST_STREAM -> reset();
            case FrameType.SETTINGS -> settings();
            case FrameType.PING -> ping();
            case FrameType.GOAWAY -> goAway();
            case FrameType.WINDOW_UPDATE -> windowUpdate();
            case FrameType.PUSH_PROMISE -> throw protocol("a push that nobody asked for");
            default -> floods.note(Flood.PRIORITY); // RFC 9113 §5.5: what nobody knows is skipped
        }
    }

    private void data() throws IOException {
        int flow = in.length();
        if (!window.received(flow)) {
            throw new ConnectionErrorException(ErrorCode.FLOW_CONTROL_ERROR, "more than the window holds");
        }
        int increment = window.consumed(flow);
        if (increment > 0) {
            out.add(frames -> frames.windowUpdate(0, increment));
        }
        in.unpad();
        Http2Stream stream = known();
        if (stream != null) {
            receive(stream, flow);
        }
        if (in.length() > 0) {
            floods.useful();
        } else if (!in.has(Flag.END_STREAM)) {
            floods.note(Flood.EMPTY_FRAME);
        }
    }

    private void receive(Http2Stream stream, int flow) throws IOException {
        if (!stream.receiveWindow().received(flow)) {
            throw new ConnectionErrorException(ErrorCode.FLOW_CONTROL_ERROR, "more than a stream's window holds");
        }
        int padding = flow - in.length();
        if (padding > 0) {
            connection.consumed(stream, padding);
        }
        boolean end = in.has(Flag.END_STREAM);
        if (hears(stream, stream.order().data(end)) && (end || in.length() > 0)) {
            stream.offer(new Event.Data(in.payload(), end));
        }
    }

    /// Whether what came for a stream may come there; if not, the stream is over.
    private boolean hears(Http2Stream stream, String fault) {
        if (!fault.isEmpty()) {
            connection.refuse(stream, ErrorCode.PROTOCOL_ERROR, fault);
        }
        return fault.isEmpty();
    }

    private void headers() throws IOException {
        in.unpad();
        if (in.has(Flag.PRIORITY)) {
            in.skip(PRIORITY_FIELDS);
        }
        if (in.length() < 0) {
            throw new ConnectionErrorException(ErrorCode.FRAME_SIZE_ERROR, "HEADERS without room for its fields");
        }
        known();
        addToBlock(true);
        endOfBlock();
    }

    private void continuation() throws IOException {
        if (!block.open()) {
            throw protocol("CONTINUATION of nothing");
        }
        addToBlock(false);
        endOfBlock();
    }

    private void addToBlock(boolean first) throws ConnectionErrorException {
        try {
            if (first) {
                block.begin(in);
            } else {
                block.add(in);
            }
        } catch (ConnectionErrorException e) {
            if (e.code() == ErrorCode.ENHANCE_YOUR_CALM) {
                floods.flooded(Flood.CONTINUATION);
            }
            throw e;
        }
    }

    private void endOfBlock() throws IOException {
        if (!in.has(Flag.END_HEADERS)) {
            return;
        }
        int id = block.stream();
        boolean end = block.endStream();
        Http2Fields fields = new Http2Fields(heads);
        block.decode(decoder, fields);
        Http2Stream stream = connection.stream(id);
        if (stream == null) {
            floods.noteLate();
        } else if (hears(stream, stream.order().fields(fields, end))) {
            stream.offer(new Event.Head(fields.status(), fields.headers(), end));
        }
    }

    private void reset() throws IOException {
        requireLength(4);
        Http2Stream stream = known();
        if (stream != null) {
            ErrorCode code = ErrorCode.of(in.number(0));
            connection.broken(stream, code == ErrorCode.REFUSED_STREAM, "the backend reset the stream: " + code);
        } else {
            floods.noteLate();
        }
    }

    private void settings() throws IOException {
        if (in.has(Flag.ACK)) {
            return;
        }
        floods.note(Flood.SETTINGS);
        peer = peer.with(in.payload());
        out.settings(peer);
        if (!connection.windowsFit()) {
            throw new ConnectionErrorException(ErrorCode.FLOW_CONTROL_ERROR, "a window above 2^31-1");
        }
        answer(frames -> frames.settingsAck());
        connection.mostStreams(peer.maxConcurrentStreams() < 0 ? Integer.MAX_VALUE : peer.maxConcurrentStreams());
    }

    private void ping() throws IOException {
        requireLength(8);
        if (!in.has(Flag.ACK)) {
            floods.noteAnswering(Flood.PING);
            byte[] opaque = in.payload();
            answer(frames -> frames.ping(opaque, true));
        }
    }

    /// Whoever asks and takes no answers is read no further. No other frame waits for room: a backend may have to be
    /// read before it takes what requests have added.
    private void answer(Outbound.Frames frames) {
        out.add(frames);
        try {
            out.awaitRoom();
        } catch (IOException expected) {
            // whoever reads next finds the end
        }
    }

    private void goAway() throws IOException {
        if (in.length() < 8) {
            throw new ConnectionErrorException(ErrorCode.FRAME_SIZE_ERROR, "GOAWAY too short");
        }
        floods.note(Flood.SETTINGS);
        connection.goneAway(in.number(0) & Integer.MAX_VALUE);
    }

    private void windowUpdate() throws IOException {
        requireLength(4);
        floods.noteAnswering(Flood.WINDOW_UPDATE);
        int increment = in.number(0) & Integer.MAX_VALUE;
        Http2Stream stream = in.stream() == 0 ? null : known();
        boolean fits = true;
        if (in.stream() == 0) {
            fits = out.grant(increment);
        } else if (stream != null) {
            fits = out.grant(stream.sendWindow(), increment);
        }
        if (!fits || increment == 0) {
            throw new ConnectionErrorException(ErrorCode.FLOW_CONTROL_ERROR, "a window that cannot be");
        }
    }

    /// The stream of the frame; null if it has ended.
    private @Nullable Http2Stream known() throws ConnectionErrorException {
        if (in.stream() == 0 || (in.stream() & 1) == 0) {
            throw protocol("a frame on a stream that cannot be");
        }
        return connection.stream(in.stream());
    }

    private void requireLength(int length) throws ConnectionErrorException {
        if (in.length() != length) {
            throw new ConnectionErrorException(ErrorCode.FRAME_SIZE_ERROR, "a frame of a length that cannot be");
        }
    }

    private static ConnectionErrorException protocol(String message) {
        return new ConnectionErrorException(ErrorCode.PROTOCOL_ERROR, message);
    }
}
