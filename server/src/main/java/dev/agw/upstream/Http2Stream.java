package dev.agw.upstream;

import dev.agw.http.Headers;
import dev.agw.http2.Pieces;
import dev.agw.http2.ReceiveWindow;
import dev.agw.http2.SendWindow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One request on an HTTP/2 connection: what came for it waits here until the exchange's thread takes it. How much that
/// can be is bounded: DATA by the stream's window, heads by the [AnswerOrder].
final class Http2Stream {
    private final SendWindow sendWindow;
    private final ReceiveWindow receiveWindow;
    private final AnswerOrder order;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Event> events = new ArrayDeque<>(4);
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Thread taker;

    /// What comes for a stream.
    sealed interface Event {
        /// A head, or fields behind the body.
        ///
        /// @param status 0 behind the body
        record Head(int status, Headers headers, boolean end) implements Event {}

        /// A piece of the body.
        @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
        record Data(byte[] bytes, boolean end) implements Event {
            private boolean goesWith(Data next) {
                return !end && Pieces.together(bytes, next.bytes);
            }

            private Data with(Data next) {
                return new Data(Pieces.joined(bytes, next.bytes), next.end);
            }
        }

        /// The stream ended before its end.
        ///
        /// @param unprocessed the backend has not begun with it, so that it may go out again
        /// @param why for people
        record Broken(boolean unprocessed, String why) implements Event {}

        /// The exchange was cut.
        record Cut() implements Event {}

        /// No more of the request will be sent.
        record Sent() implements Event {}
    }

    /// @param window bytes of the answer that may come before they are read
    /// @param mostInterim bytes of heads that may come before the head of the answer
    Http2Stream(int id, int window, int mostInterim) {
        this.order = new AnswerOrder(mostInterim);
        this.sendWindow = new SendWindow(id);
        this.receiveWindow = new ReceiveWindow(window);
    }

    int id() {
        return sendWindow.stream();
    }

    SendWindow sendWindow() {
        return sendWindow;
    }

    ReceiveWindow receiveWindow() {
        return receiveWindow;
    }

    AnswerOrder order() {
        return order;
    }

    /// Hands something to the exchange's thread; from any thread.
    void offer(Event event) {
        add(event);
        Thread waiting = taker;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /// Small pieces that nobody has taken yet become one: each costs more than what is in it.
    private void add(Event event) {
        lock.lock();
        try {
            if (event instanceof Event.Data next
                    && events.peekLast() instanceof Event.Data last
                    && last.goesWith(next)) {
                events.removeLast();
                events.add(last.with(next));
            } else {
                events.add(event);
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Event poll() {
        lock.lock();
        try {
            return events.poll();
        } finally {
            lock.unlock();
        }
    }

    /// Whether [#take] answers without waiting.
    boolean ready() {
        lock.lock();
        try {
            return !events.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// The next thing that came; waits for it.
    Event take() {
        Event event = poll();
        if (event != null) {
            return event;
        }
        taker = Thread.currentThread();
        try {
            for (event = poll(); event == null; event = poll()) {
                LockSupport.park(this);
            }
            return event;
        } finally {
            taker = null;
        }
    }

    /// Ends it; true the first time.
    boolean end() {
        return over.compareAndSet(false, true);
    }
}
