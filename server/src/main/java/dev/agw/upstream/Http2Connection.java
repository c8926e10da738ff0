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
import dev.agw.http2.Preface;
import dev.agw.http2.ReceiveWindow;
import dev.agw.http2.Settings;
import dev.agw.net.Transport;
import dev.agw.upstream.Http2Stream.Event;
import java.io.EOFException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * One thread reads frames and hands them to their streams; it never waits for a stream. What comes is given back to the
 * window of the connection at once, and to that of the stream when it was read: a slow client holds up its own stream and
 * no other, and a connection holds no more than the windows of its streams.
 */
/// An HTTP/2 connection to a backend.
final class Http2Connection {
    private static final int HEADER_TABLE = 4096;
    private static final int PRIORITY_FIELDS = 5;
    private static final long SILENT = TimeUnit.SECONDS.toNanos(15);
    private static final long STUCK = TimeUnit.SECONDS.toNanos(10);
    private static final byte[] PING = new byte[8];

    private final Transport transport;
    private final ConnectionSettings.Http2 bounds;
    private final HeadLimits heads;
    private final Runnable onChange;
    private final FrameReader in;
    private final Outbound out;
    private final HpackDecoder decoder = new HpackDecoder(HEADER_TABLE);
    private final HeaderBlock block;
    private final ReceiveWindow window;
    private final Map<Integer, Http2Stream> streams = new ConcurrentHashMap<>();
    private final ReentrantLock opening = new ReentrantLock();
    private Settings peer = Settings.INITIAL;
    private int lastId = -1;
    private volatile int mostStreams = Integer.MAX_VALUE;
    private final AtomicInteger reserved = new AtomicInteger();
    private final int mostRequests;
    private final long openedAt;
    private int requests;
    private volatile boolean leaving;
    private volatile boolean gone;
    private volatile boolean closed;
    private volatile boolean heard = true;
    private long quietSince;
    private long pingedAt;
    private long idleSince;

    /// @param now by the clock of [#sweep]
    /// @param onChange runs when it may take more or fewer streams than before
    Http2Connection(Transport transport, ConnectionSettings settings, long now, Runnable onChange) {
        this.openedAt = now;
        this.mostRequests = settings.pool().maxRequests();
        this.transport = transport;
        this.bounds = settings.http2();
        this.heads = settings.answers();
        this.onChange = onChange;
        this.idleSince = now;
        this.quietSince = now;
        this.in = new FrameReader(transport);
        this.out = new Outbound(transport);
        this.block = new HeaderBlock(heads.bytes());
        this.window = new ReceiveWindow(bounds.connectionWindow());
    }

    /// Says hello, waits for the other side to do so, and reads from then on.
    void start() throws IOException {
        Settings own = new Settings(
                HEADER_TABLE, false, -1, bounds.streamWindow(), FrameReader.MOST_PAYLOAD, heads.bytes());
        int more = bounds.connectionWindow() - Settings.INITIAL.initialWindowSize();
        out.add(frames -> {
            frames.raw(Preface.bytes());
            frames.settings(own.payload());
            if (more > 0) {
                frames.windowUpdate(0, more);
            }
        });
        out.flush();
        if (!in.next() || in.type() != FrameType.SETTINGS || in.has(Flag.ACK)) {
            throw new ConnectionErrorException(ErrorCode.PROTOCOL_ERROR, "the backend does not speak HTTP/2");
        }
        settings();
        out.flush();
        Thread.ofVirtual().name("http2").start(this::read);
    }

    Outbound out() {
        return out;
    }

    /// Takes room for a stream, to be given back by [#release]; false if there is none. One thread at a time asks.
    boolean reserve() {
        if (!stays() || reserved.get() >= Math.min(mostStreams, bounds.maxStreams())) {
            return false;
        }
        reserved.incrementAndGet();
        leaving |= ++requests == mostRequests;
        return true;
    }

    void release() {
        reserved.decrementAndGet();
        closeIfDone();
        onChange.run();
    }

    /// Whether it may take further streams, now or later.
    boolean stays() {
        return !closed && !leaving;
    }

    boolean closed() {
        return closed;
    }

    boolean idle() {
        return reserved.get() == 0;
    }

    /// Begins no further stream; ends when the last one does.
    void leave() {
        leaving = true;
        closeIfDone();
    }

    /// Opens a stream with the head of a request. Numbers must go out in their order, hence the lock.
    Http2Stream open(Outbound.Block head, boolean end) throws IOException {
        opening.lock();
        try {
            if (closed || gone || lastId >= Integer.MAX_VALUE - 2) {
                leaving = true;
                throw new StaleConnectionException();
            }
            lastId += 2;
            Http2Stream stream = new Http2Stream(lastId, bounds.streamWindow());
            streams.put(stream.id(), stream);
            try {
                out.headers(stream.sendWindow(), head, end);
            } catch (IOException e) {
                streams.remove(stream.id());
                throw new StaleConnectionException();
            }
            if (closed) {
                stream.offer(new Event.Broken(true, "the connection has ended"));
            }
            return stream;
        } finally {
            opening.unlock();
        }
    }

    /// A stream is over.
    ///
    /// @param reset the backend need not go on with it
    void end(Http2Stream stream, boolean reset) {
        if (!stream.end()) {
            return;
        }
        out.close(stream.sendWindow());
        boolean there = streams.remove(stream.id()) != null;
        if (there && reset && !closed) {
            out.add(frames -> frames.reset(stream.id(), ErrorCode.CANCEL));
            flushBeside();
        }
    }

    /// Bytes of a stream were read: the backend may send as many again.
    void consumed(Http2Stream stream, int bytes) throws IOException {
        int increment = stream.receiveWindow().consumed(bytes);
        if (increment > 0 && streams.containsKey(stream.id())) {
            out.add(frames -> frames.windowUpdate(stream.id(), increment));
            out.flush();
        }
    }

    /// Ends it if it is too old, unused for too long, silent though asked, or takes nothing.
    void sweep(long now, ConnectionSettings.Pool bounds) {
        if (!idle()) {
            idleSince = now;
        }
        if (now - idleSince >= bounds.idleTimeout().toNanos()
                || now - openedAt >= bounds.maxLifetime().toNanos()) {
            leave();
        }
        long since = out.writingSince();
        if (since != 0 && System.nanoTime() - since > STUCK) {
            fail("takes no bytes");
        } else if (heard || streams.isEmpty()) {
            heard = false;
            quietSince = now;
            pingedAt = 0;
        } else if (pingedAt != 0 && now - pingedAt >= SILENT) {
            fail("does not answer a PING");
        } else if (pingedAt == 0 && now - quietSince >= SILENT) {
            pingedAt = now;
            out.add(frames -> frames.ping(PING, false));
            flushBeside();
        }
    }

    void close() {
        fail("the connection has ended");
    }

    private void closeIfDone() {
        if (leaving && idle() && !closed) {
            close();
        }
    }

    /// Neither a sweep nor a cut may wait for a slow socket.
    private void flushBeside() {
        Thread.startVirtualThread(() -> {
            try {
                out.flush();
            } catch (IOException expected) {
                fail("the connection broke");
            }
        });
    }

    private void fail(String why) {
        closed = true;
        out.close();
        transport.close();
        streams.values().forEach(stream -> stream.offer(new Event.Broken(false, why)));
        onChange.run();
    }

    private void read() {
        String why = "the connection broke";
        try {
            while (in.next()) {
                heard = true;
                frame();
                if (!in.ready()) {
                    out.flush();
                }
            }
            throw new EOFException();
        } catch (ConnectionErrorException e) {
            why = String.valueOf(e.getMessage());
            out.add(frames -> frames.goAway(0, e.code()));
            flushLast();
        } catch (IOException expected) {
            why = "the connection ended";
        } finally {
            fail(why);
        }
    }

    private void flushLast() {
        try {
            out.flush();
        } catch (IOException expected) {
            // it ends anyway
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
            default -> {} // RFC 9113 §5.5: what nobody knows is skipped
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
            data(stream, flow);
        }
    }

    private void data(Http2Stream stream, int flow) throws IOException {
        if (!stream.receiveWindow().received(flow)) {
            throw new ConnectionErrorException(ErrorCode.FLOW_CONTROL_ERROR, "more than a stream's window holds");
        }
        int padding = flow - in.length();
        if (padding > 0) {
            consumed(stream, padding);
        }
        stream.offer(new Event.Data(in.payload(), in.has(Flag.END_STREAM)));
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
        block.begin(in);
        endOfBlock();
    }

    private void continuation() throws IOException {
        if (!block.open()) {
            throw protocol("CONTINUATION of nothing");
        }
        block.add(in);
        endOfBlock();
    }

    private void endOfBlock() throws IOException {
        if (!in.has(Flag.END_HEADERS)) {
            return;
        }
        int id = block.stream();
        boolean end = block.endStream();
        Http2Fields fields = new Http2Fields(heads);
        block.decode(decoder, fields);
        Http2Stream stream = streams.get(id);
        if (stream != null) {
            stream.offer(
                    fields.fault().isEmpty()
                            ? new Event.Head(fields.status(), fields.headers(), end)
                            : new Event.Broken(false, fields.fault()));
        }
    }

    private void reset() throws IOException {
        requireLength(4);
        Http2Stream stream = known();
        if (stream != null) {
            ErrorCode code = ErrorCode.of(in.number(0));
            out.close(stream.sendWindow());
            streams.remove(stream.id());
            stream.offer(new Event.Broken(code == ErrorCode.REFUSED_STREAM, "the backend reset the stream: " + code));
            onChange.run();
        }
    }

    private void settings() throws IOException {
        if (in.has(Flag.ACK)) {
            return;
        }
        peer = peer.with(in.payload());
        out.settings(peer);
        out.add(frames -> frames.settingsAck());
        mostStreams = peer.maxConcurrentStreams() < 0 ? Integer.MAX_VALUE : peer.maxConcurrentStreams();
        onChange.run();
    }

    private void ping() throws IOException {
        requireLength(8);
        if (!in.has(Flag.ACK)) {
            byte[] opaque = in.payload();
            out.add(frames -> frames.ping(opaque, true));
        }
    }

    /// Streams above the last one that the backend will serve may go out again elsewhere.
    private void goAway() throws IOException {
        if (in.length() < 8) {
            throw new ConnectionErrorException(ErrorCode.FRAME_SIZE_ERROR, "GOAWAY too short");
        }
        int last = in.number(0) & Integer.MAX_VALUE;
        gone = true;
        leaving = true;
        streams.forEach((id, stream) -> {
            if (id > last && streams.remove(id) != null) {
                out.close(stream.sendWindow());
                stream.offer(new Event.Broken(true, "the backend goes away"));
            }
        });
        closeIfDone();
        onChange.run();
    }

    private void windowUpdate() throws IOException {
        requireLength(4);
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
        return streams.get(in.stream());
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
