package dev.agw.upstream;

import dev.agw.http.Headers;
import dev.agw.http2.ReceiveWindow;
import dev.agw.http2.SendWindow;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One request on an HTTP/2 connection: what came for it waits here until the exchange's thread takes it. How much that
/// can be is bounded by the stream's window.
final class Http2Stream {
    private final SendWindow sendWindow;
    private final ReceiveWindow receiveWindow;
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
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
        record Data(byte[] bytes, boolean end) implements Event {}

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

    Http2Stream(int id, int window) {
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

    /// Hands something to the exchange's thread; from any thread.
    void offer(Event event) {
        events.add(event);
        Thread waiting = taker;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /// Whether [#take] answers without waiting.
    boolean ready() {
        return !events.isEmpty();
    }

    /// The next thing that came; waits for it.
    Event take() {
        Event event = events.poll();
        if (event != null) {
            return event;
        }
        taker = Thread.currentThread();
        try {
            for (event = events.poll(); event == null; event = events.poll()) {
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
