package dev.agw.downstream;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.http.Body;
import dev.agw.http.Headers;
import dev.agw.http2.Pieces;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The body of a request on a stream: filled by the thread that reads the connection, emptied by whoever serves. The
/// client may send on as pieces are read, so that never more than a window of it is held.
final class Http2Body implements Body {
    private static final Duration SHORTLY = Duration.ofSeconds(1);
    private static final byte[] NONE = new byte[0];

    private final Http2Stream stream;
    private final long declared;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Pieces pieces = new Pieces();
    private byte[] piece = NONE;
    private long came;
    private boolean complete;
    private boolean cut;
    private boolean late;
    private Headers trailers = new Headers();
    private final BodyPatience patience;
    private volatile long deadline;

    Http2Body(Http2Stream stream, long declared, boolean complete) {
        this.stream = stream;
        this.patience = new BodyPatience(stream.limits());
        this.declared = declared;
        this.complete = complete;
    }

    /// Adds what came; false if it is more than was announced.
    boolean add(byte[] bytes) {
        lock.lock();
        try {
            came += bytes.length;
            if (bytes.length > 0) {
                pieces.add(bytes);
                changed.signalAll();
            }
            return declared < 0 || came <= declared;
        } finally {
            lock.unlock();
        }
    }

    /// Notes the end; false if it is not where it was announced.
    boolean end(Headers behind) {
        lock.lock();
        try {
            complete = true;
            trailers = behind;
            changed.signalAll();
            return declared < 0 || came == declared;
        } finally {
            lock.unlock();
        }
    }

    /// Ends the wait of whoever reads, because the exchange ends: it was cut, or is answered.
    void cut() {
        lock.lock();
        try {
            cut = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Bytes that came and were never read. Who reads on gets no end without them.
    int discard() {
        lock.lock();
        try {
            int bytes = piece.length;
            piece = NONE;
            complete &= pieces.isEmpty();
            return bytes + pieces.discard();
        } finally {
            lock.unlock();
        }
    }

    void sweep(long now) {
        long until = deadline;
        if (until != 0 && now - until > 0) {
            deadline = 0;
            lock.lock();
            try {
                late = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /// @throws ExchangeException the body came too slowly (408), or the exchange was cut meanwhile (503, 504)
    /// @throws ClientGoneException the client broke it off
    @Override
    public boolean next() {
        stream.consumed(piece.length);
        piece = NONE;
        if (!ready()) {
            stream.invite(); // never under the lock: it may wait for a client, and the lock stops reader and sweeper
        }
        lock.lock();
        try {
            if (pieces.isEmpty() && !complete) {
                await();
            }
            byte[] first = pieces.poll();
            piece = first == null ? NONE : first;
            return first != null;
        } finally {
            lock.unlock();
        }
    }

    private void await() {
        long start = System.nanoTime();
        long left = patience.timeLeft(start, came);
        deadline = left == 0 ? 0 : start + left;
        try {
            while (pieces.isEmpty() && !complete) {
                requireMore();
                changed.awaitUninterruptibly();
            }
        } finally {
            deadline = 0;
            long nanos = System.nanoTime() - start;
            patience.waited(nanos);
            stream.waited(nanos);
        }
    }

    private void requireMore() {
        if (late) {
            stream.refused(patience.reached());
            throw new ExchangeException(new Failure.BadRequest(408, "the request body came too slowly"));
        }
        if (cut) {
            throw ended(stream.lifeline().cut());
        }
    }

    private static RuntimeException ended(Lifeline.@org.jspecify.annotations.Nullable Cut why) {
        return switch (why) {
            case null -> gone();
            case CLIENT_GONE, CONNECT_TIMEOUT, BACKEND_TIMEOUT -> gone();
            case REQUEST_TIMEOUT, FIRST_TOKEN_TIMEOUT, IDLE_TIMEOUT, REQUEST_READ_TIMEOUT ->
                new ExchangeException(new Failure.TimedOut(why, "the request was not served in time"));
            case SHUTDOWN ->
                new ExchangeException(
                        new Failure.Overloaded(Failure.Lack.SHUTDOWN, "the gateway is shutting down", SHORTLY));
        };
    }

    private static RuntimeException gone() {
        return new ClientGoneException("the client broke its request off");
    }

    @Override
    public boolean ready() {
        lock.lock();
        try {
            return complete || !pieces.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public byte[] array() {
        return piece;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public int length() {
        return piece.length;
    }

    @Override
    public long declaredLength() {
        return declared;
    }

    @Override
    public Headers trailers() {
        return trailers;
    }
}
