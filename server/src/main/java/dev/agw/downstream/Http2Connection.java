package dev.agw.downstream;

import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Request;
import dev.agw.http.Input;
import dev.agw.http2.ConnectionErrorException;
import dev.agw.http2.ErrorCode;
import dev.agw.http2.FrameReader;
import dev.agw.http2.Outbound;
import dev.agw.http2.Preface;
import dev.agw.http2.ReceiveWindow;
import dev.agw.http2.Settings;
import dev.agw.net.Farewell;
import dev.agw.net.NoMemoryException;
import dev.agw.net.Transport;
import dev.agw.telemetry.Limit;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/*
 * The connection's thread reads frames and never serves: an answer that waits for its client must not keep the
 * WINDOW_UPDATE from being read that it waits for. Nor does it end anything by age: a stream may be older than every
 * timer, and idle is only a connection without streams.
 */
/// One HTTP/2 connection of a client.
final class Http2Connection implements ClientConnection {
    /// For a first request, of a client that connected before it could know that nobody should.
    private static final long FIRST_WAIT = 1_000_000_000;
    /// For a client to take our last words.
    private static final long LAST_WAIT = 2_000_000_000;
    /// Between the GOAWAY that asks for no more streams and the one that says which were the last.
    private static final long FAREWELL = 500_000_000;

    /// How far its end has come.
    private enum Phase {
        OPEN,
        ASKED,
        LAST
    }

    private final Arrival arrival;
    private final Port port;
    private final Meter meter;
    private final Transport transport;
    private final FrameMemory memory;
    private final FrameReader frames;
    private final Outbound outbound;
    private final ConnectionLimits.Http2 limits;
    private final ReceiveWindow window;
    private final Map<Integer, Http2Stream> streams = new ConcurrentHashMap<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);
    private final Http2Dispatch dispatch;
    private final Farewell farewell;
    private final long born = System.nanoTime();
    private volatile long askedAt;
    private volatile long idleSince = System.nanoTime();
    private volatile long readDeadline;
    private volatile long lastAt;
    private volatile boolean lastSaid;
    private volatile int lastStream;
    private @Nullable Request first;

    /// @param early what was read of the connection before it was known to be HTTP/2
    Http2Connection(Arrival arrival, Input early) {
        this.arrival = arrival;
        this.port = arrival.port();
        this.meter = arrival.meter();
        this.transport = arrival.transport();
        this.limits = port.limits().http2();
        this.window = new ReceiveWindow(limits.connectionWindow());
        this.memory = FrameMemory.of(arrival);
        this.frames = new FrameReader(
                (array, offset, length) -> early.available() > 0
                        ? early.drainTo(array, offset, length)
                        : meter.received(transport.read(array, offset, length)),
                memory);
        this.outbound = new Outbound((array, offset, length) -> {
            transport.write(array, offset, length);
            meter.sent(length);
        });
        this.dispatch = new Http2Dispatch(this, frames, outbound);
        this.farewell = new Farewell(transport, meter::received);
    }

    /// The request that asked for the change from HTTP/1.1 becomes stream 1.
    void upgraded(Request request, Settings asked) {
        first = request;
        outbound.settings(asked);
        dispatch.peer(asked);
    }

    @Override
    public void run() {
        try {
            greet();
            while (frames.next()) {
                if (!farewell.begun()) {
                    serve();
                }
            }
        } catch (ConnectionErrorException broken) {
            end(broken.code());
        } catch (NoMemoryException full) {
            meter.refused(Limit.HEAD_MEMORY);
            end(ErrorCode.ENHANCE_YOUR_CALM);
        } catch (IOException gone) {
            // the client left; nobody is there to tell
        } finally {
            streams.values().forEach(Http2Stream::gone);
            outbound.close();
            transport.close();
            dispatch.close();
            memory.close();
        }
    }

    private void serve() throws IOException {
        dispatch.frame();
        outbound.awaitRoom();
        if (!frames.ready()) {
            outbound.flush();
        }
    }

    private void greet() throws IOException {
        Settings own = new Settings(
                Settings.INITIAL.headerTableSize(),
                true,
                limits.streams(),
                limits.streamWindow(),
                FrameReader.MOST_PAYLOAD,
                port.limits().head().bytes());
        outbound.add(writer -> {
            writer.settings(own.payload());
            if (limits.connectionWindow() > Settings.INITIAL.initialWindowSize()) {
                writer.windowUpdate(0, limits.connectionWindow() - Settings.INITIAL.initialWindowSize());
            }
        });
        outbound.flush();
        serveFirst();
        readBy(port.limits().headTimeout().toNanos());
        byte[] preface = Preface.bytes();
        if (!Arrays.equals(frames.take(preface.length), preface)) {
            throw new ConnectionErrorException(ErrorCode.PROTOCOL_ERROR, "no preface");
        }
    }

    private void serveFirst() {
        Request request = first;
        if (request != null) {
            first = null;
            Http2Stream stream = new Http2Stream(this, 1, request.method(), request.headers(), -1, true);
            open(stream);
            start(() -> stream.serve(request.asHttp2()));
        }
    }

    /// Says why the connection ends, and lets the client read it: a close with unread bytes would take it away.
    private void end(ErrorCode code) {
        int last = lastStream;
        streams.values().forEach(Http2Stream::gone);
        farewell.begin();
        try {
            outbound.add(writer -> writer.goAway(last, code));
            outbound.flushWhole();
            farewell.say();
        } catch (IOException gone) {
            // then nobody reads it
        }
    }

    /// Registers a stream that is to be served.
    void open(Http2Stream stream) {
        lastStream = stream.id();
        streams.put(stream.id(), stream);
        running.incrementAndGet();
    }

    void start(Runnable serving) {
        transport.loop().start(serving);
    }

    /// Both sides have ended the stream.
    void close(Http2Stream stream) {
        streams.remove(stream.id(), stream);
    }

    /// The thread of the stream is through.
    void finished(Http2Stream stream) {
        dispatch.forgotten(stream);
        close(stream);
        idleSince = System.nanoTime();
        running.decrementAndGet();
        flushQuietly();
    }

    /// Lets the client send as much more.
    void consumed(int bytes) {
        int increment = bytes == 0 ? 0 : window.consumed(bytes);
        if (increment > 0) {
            outbound.add(writer -> writer.windowUpdate(0, increment));
            flushQuietly();
        }
    }

    /// Whether the connection's window allows so many bytes.
    boolean admit(int bytes) {
        return window.received(bytes);
    }

    void flushQuietly() {
        try {
            outbound.flush();
        } catch (IOException gone) {
            // the thread that reads learns it, too, and ends everything
        }
    }

    @Override
    public void sweep(long now) {
        long deadline = readDeadline;
        if (deadline != 0 && now - deadline > 0) {
            readDeadline = 0;
            try {
                meter.refused(Limit.HEAD_TIME);
            } finally {
                transport.close();
            }
        }
        farewell.sweep(now);
        for (Http2Stream stream : streams.values()) {
            stream.sweep(now);
        }
        long since = outbound.writingSince();
        long most = port.limits().writeTimeout().toNanos();
        if (since != 0 && most > 0 && now - since > most) {
            transport.closeWithReset();
        }
        sweepPhase(now);
    }

    private void sweepPhase(long now) {
        switch (phase.get()) {
            case OPEN -> {
                if (port.draining() && (lastStream > 0 || !port.accepting() || now - born > FIRST_WAIT)) {
                    ask(now);
                } else if (idle() && now - idleSince > patience().toNanos()) {
                    noteSilence();
                    sayLast();
                }
            }
            case ASKED -> {
                if (now - askedAt > FAREWELL) {
                    sayLast();
                }
            }
            case LAST -> {
                if (idle() && !farewell.begun()) {
                    leave(now);
                }
            }
        }
    }

    /// A client that knows that this is the end may have sent more before it knew. That is thrown away, as a close with
    /// unread bytes would take away what tells it that it may ask elsewhere.
    private void leave(long now) {
        if (said()) {
            farewell.begin();
            start(transport::finish);
        } else if (unheard(now)) {
            transport.close();
        }
    }

    /// Whether the client was sent all that it was to be told. Whoever ends the connection before takes it away.
    private boolean said() {
        return lastSaid && outbound.written();
    }

    /// Whether the client has had its time to take our last words.
    private boolean unheard(long now) {
        return now - lastAt > LAST_WAIT && now - idleSince > LAST_WAIT;
    }

    /// For the next stream.
    private Duration patience() {
        return lastStream == 0 ? port.limits().untilFirst() : port.limits().idle();
    }

    /// A connection that served something may end by age; one that never asked for anything held a place for nothing.
    private void noteSilence() {
        if (lastStream == 0) {
            meter.refused(Limit.FIRST_BYTE_TIME);
        } else if (frames.begun()) {
            meter.refused(Limit.IDLE_TIME);
        }
    }

    private boolean idle() {
        return running.get() == 0 && streams.isEmpty();
    }

    private void ask(long now) {
        askedAt = now;
        if (phase.compareAndSet(Phase.OPEN, Phase.ASKED)) {
            start(() -> sayGoAway(Integer.MAX_VALUE));
        }
    }

    /// From here on no stream is begun; those that are there go on to their end.
    private void sayLast() {
        if (phase.get() == Phase.LAST) {
            return;
        }
        lastAt = System.nanoTime();
        if (phase.getAndSet(Phase.LAST) != Phase.LAST) {
            start(() -> {
                sayGoAway(lastStream);
                lastSaid = true;
            });
        }
    }

    private void sayGoAway(int last) {
        outbound.add(writer -> writer.goAway(last, ErrorCode.NO_ERROR));
        flushQuietly();
    }

    @Override
    public void endIfIdle() {
        if (idle()) {
            sayLast();
        } else {
            ask(System.nanoTime());
        }
    }

    @Override
    public void cut() {
        streams.values().forEach(stream -> stream.lifeline().cut(Lifeline.Cut.SHUTDOWN));
        sayLast();
    }

    @Override
    public int busy() {
        return running.get();
    }

    /// Gives the reads that follow so many nanoseconds; 0 ends the limit.
    void readBy(long nanos) {
        readDeadline = nanos == 0 ? 0 : System.nanoTime() + nanos;
    }

    /// Whether streams that are begun now are refused.
    boolean ending() {
        return phase.get() == Phase.LAST;
    }

    boolean crowded() {
        return streams.size() >= limits.streams() || running.get() >= limits.running();
    }

    /// Whether no stream's window has grown beyond what it may be (RFC 9113 §6.9.2).
    boolean windowsFit() {
        return streams.values().stream().allMatch(stream -> outbound.fits(stream.sendWindow()));
    }

    int lastStream() {
        return lastStream;
    }

    /// Notes a stream that is not served.
    void skip(int stream) {
        lastStream = stream;
    }

    @Nullable
    Http2Stream stream(int id) {
        return streams.get(id);
    }

    Port port() {
        return port;
    }

    Arrival arrival() {
        return arrival;
    }

    Meter meter() {
        return meter;
    }

    Outbound outbound() {
        return outbound;
    }
}
