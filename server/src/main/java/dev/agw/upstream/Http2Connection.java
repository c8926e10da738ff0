package dev.agw.upstream;

import dev.agw.http.HeadLimits;
import dev.agw.http2.ErrorCode;
import dev.agw.http2.FrameReader;
import dev.agw.http2.Outbound;
import dev.agw.http2.Preface;
import dev.agw.http2.Settings;
import dev.agw.net.Farewell;
import dev.agw.net.Transport;
import dev.agw.upstream.Http2Stream.Event;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// An HTTP/2 connection to a backend.
final class Http2Connection {
    static final int HEADER_TABLE = 4096;
    private static final long SILENT = TimeUnit.SECONDS.toNanos(15);
    private static final long STUCK = TimeUnit.SECONDS.toNanos(10);
    private static final byte[] PING = new byte[8];

    private final Transport transport;
    private final ConnectionSettings.Http2 bounds;
    private final HeadLimits heads;
    private final Runnable onChange;
    private final Outbound out;
    private final Farewell farewell;
    private final Http2Inbound inbound;
    private final Map<Integer, Http2Stream> streams = new ConcurrentHashMap<>();
    private final ReentrantLock opening = new ReentrantLock();
    private int lastId = -1;
    private volatile int mostStreams = Integer.MAX_VALUE;
    private final AtomicInteger reserved = new AtomicInteger();
    private final int mostRequests;
    private final long openedAt;
    private int requests;
    private volatile boolean leaving;
    private volatile int lastServed = Integer.MAX_VALUE;
    /// Its streams were told that nothing comes; the backend may still be hearing why.
    private volatile boolean ended;
    private volatile boolean closed;
    private volatile boolean heard = true;
    private long quietSince;
    private long pingedAt;
    private long idleSince;

    /// @param now by the clock of [#sweep]
    /// @param onChange runs when it may take more or fewer streams than before
    /// @param observer is told of floods
    Http2Connection(
            Transport transport, ConnectionSettings settings, long now, Runnable onChange, UpstreamObserver observer) {
        this.openedAt = now;
        this.mostRequests = settings.pool().maxRequests();
        this.transport = transport;
        this.bounds = settings.http2();
        this.heads = settings.answers();
        this.onChange = onChange;
        this.idleSince = now;
        this.quietSince = now;
        this.out = new Outbound(transport);
        this.farewell = new Farewell(transport, bytes -> {});
        this.inbound = new Http2Inbound(this, transport, settings, observer);
    }

    /// Says hello, waits for the other side to do so, and reads from then on.
    void start() throws IOException {
        Settings own =
                new Settings(HEADER_TABLE, false, -1, bounds.streamWindow(), FrameReader.MOST_PAYLOAD, heads.bytes());
        int more = bounds.connectionWindow() - Settings.INITIAL.initialWindowSize();
        out.add(frames -> {
            frames.raw(Preface.bytes());
            frames.settings(own.payload());
            if (more > 0) {
                frames.windowUpdate(0, more);
            }
        });
        out.flush();
        inbound.hello();
        Thread.ofVirtual().name("http2").start(inbound::read);
    }

    /// Something came: it lives.
    void heard() {
        heard = true;
    }

    /// The stream of that number; null if it has ended.
    @Nullable
    Http2Stream stream(int id) {
        return streams.get(id);
    }

    /// The backend allows so many streams at a time.
    void mostStreams(int most) {
        mostStreams = most;
        onChange.run();
    }

    /// The backend ended a stream before its end.
    void broken(Http2Stream stream, boolean unprocessed, String why) {
        out.close(stream.sendWindow());
        if (streams.remove(stream.id()) != null) {
            stream.offer(new Event.Broken(unprocessed, why));
        }
    }

    /// The backend broke a rule on one stream: the others go on.
    void refuse(Http2Stream stream, ErrorCode code, String why) {
        out.add(frames -> frames.reset(stream.id(), code));
        broken(stream, false, why);
    }

    /// Whether no stream's window has grown beyond what it may be (RFC 9113 §6.9.2).
    boolean windowsFit() {
        return streams.values().stream().allMatch(stream -> out.fits(stream.sendWindow()));
    }

    /// Streams above the last one that the backend will serve may go out again elsewhere.
    void goneAway(int last) {
        leaving = true;
        lastServed = Math.min(lastServed, last); // by the reader alone
        streams.forEach((id, stream) -> {
            if (id > lastServed) { // whatever else was added still leaves, and may be served
                broken(stream, true, "the backend goes away");
            }
        });
        closeIfDone();
        onChange.run();
    }

    /// Whether the backend has said that it will not begin with that stream, or never hears of it. Known once
    /// nothing more can leave.
    private boolean unprocessed(int id) {
        return id > lastServed || id > out.begun();
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
        requests++;
        if (requests == mostRequests) {
            leaving = true;
        }
        return true;
    }

    void release() {
        reserved.decrementAndGet();
        closeIfDone();
        onChange.run();
    }

    /// Whether it may take further streams, now or later.
    boolean stays() {
        return !ended && !leaving;
    }

    /// Whether it counts among those that the backend is to have at most: one that only serves to its end what it began
    /// with does not, but one that broke the rules does until it is closed.
    boolean counts() {
        return stays() || (ended && !closed);
    }

    /// Whether the backend takes no streams at all for now.
    boolean takesNothing() {
        return mostStreams == 0;
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
    ///
    /// @throws StaleConnectionException the backend serves no further stream; nothing was sent
    Http2Stream open(Outbound.Block head, boolean end) throws StaleConnectionException {
        opening.lock();
        try {
            if (lastId >= Math.min(lastServed, Integer.MAX_VALUE - 2)) {
                throw new StaleConnectionException();
            }
            lastId += 2;
            Http2Stream stream = new Http2Stream(lastId, bounds.streamWindow(), heads.bytes());
            streams.put(stream.id(), stream);
            begin(stream, head, end);
            return stream;
        } catch (StaleConnectionException e) {
            leaving = true;
            throw e;
        } finally {
            opening.unlock();
        }
    }

    /// The reader may have met the end before it could see the stream: so look once more, now that it can.
    private void begin(Http2Stream stream, Outbound.Block head, boolean end) throws StaleConnectionException {
        try {
            if (ended || stream.id() > lastServed) {
                throw new StaleConnectionException();
            }
            out.headers(stream.sendWindow(), head, end);
        } catch (IOException e) {
            streams.remove(stream.id());
            throw new StaleConnectionException();
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
        if (there && reset && !ended) {
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
        farewell.sweep(System.nanoTime());
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
        if (leaving && idle() && !ended) {
            close();
        }
    }

    /// Neither a sweep nor a cut may wait for a slow socket.
    private void flushBeside() {
        Thread.startVirtualThread(() -> {
            try {
                out.flush();
            } catch (IOException expected) {
                leaving = true; // the reader finds the end, behind what came before it
            }
        });
    }

    /// The backend broke a rule that holds for all of the connection: its streams end now, and it is told why and given
    /// a moment to read that. Requests that have not left may go out elsewhere, so they must not leave here any
    /// more.
    void condemn(ErrorCode code, String why) {
        farewell.begin();
        out.lastWords(frames -> frames.goAway(0, code));
        abandon(why);
        try {
            out.flushWhole();
            out.close();
            farewell.say();
        } catch (IOException expected) {
            // then nobody hears it
        }
    }

    void fail(String why) {
        closed = true;
        out.close();
        transport.close();
        abandon(why);
    }

    /// Nothing more comes for its streams.
    private void abandon(String why) {
        ended = true;
        streams.forEach((id, stream) -> {
            out.close(stream.sendWindow());
            stream.offer(new Event.Broken(unprocessed(id), why));
        });
        onChange.run();
    }
}
