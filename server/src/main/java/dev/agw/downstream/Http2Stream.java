package dev.agw.downstream;

import dev.agw.exchange.ClientGoneException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Request;
import dev.agw.http.Body;
import dev.agw.http.HeaderName;
import dev.agw.http.Headers;
import dev.agw.http2.ErrorCode;
import dev.agw.http2.Outbound;
import dev.agw.http2.ReceiveWindow;
import dev.agw.http2.SendWindow;
import dev.agw.telemetry.Chore;
import dev.agw.telemetry.Limit;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One request and its answer on an HTTP/2 connection, served on a virtual thread of its own.
final class Http2Stream {
    private static final System.Logger LOGGER = System.getLogger(Http2Stream.class.getName());
    /// A send that took longer waited for the client.
    private static final long LONG_SEND = 1_000_000;
    /// How long a send may go on whose exchange was cut.
    private static final long LAST_SEND = 200_000_000;

    private final Http2Connection connection;
    private final int id;
    private final SendWindow sendWindow;
    private final ReceiveWindow receiveWindow;
    private final Lifeline lifeline;
    private final Http2Body body;
    private final Http2Reply reply;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ReentrantLock inviting = new ReentrantLock();
    private boolean invites;
    private volatile @Nullable Thread owner;
    private volatile boolean remoteEnded;

    /// @param length of the body as announced, or -1
    Http2Stream(Http2Connection connection, int id, String method, Headers headers, long length, boolean ended) {
        this.connection = connection;
        this.id = id;
        this.sendWindow = new SendWindow(id);
        this.receiveWindow = new ReceiveWindow(limits().http2().streamWindow());
        this.remoteEnded = ended;
        this.body = new Http2Body(this, length, ended);
        this.reply = new Http2Reply(this, method);
        this.lifeline = new Lifeline(System.nanoTime(), body::cut);
        this.invites = headers.hasToken(HeaderName.EXPECT, "100-continue");
    }

    /// Serves the request; on the stream's own thread.
    void serve(Request request) {
        run(() -> connection.port().handler().handle(request, reply, lifeline));
    }

    /// Answers what is no request that can be served.
    void refuse(Failure failure) {
        run(() -> connection.port().handler().refuse(failure, reply));
    }

    /// A limit ended the request.
    void refused(Limit limit) {
        connection.meter().refused(limit);
    }

    private void run(Runnable serving) {
        owner = Thread.currentThread();
        connection.meter().streamStarted();
        try {
            serving.run();
        } catch (ClientGoneException expected) {
            // nobody is there to tell
        } catch (RuntimeException defect) {
            LOGGER.log(System.Logger.Level.ERROR, "a stream failed", defect);
        } finally {
            connection.meter().streamEnded();
            conclude();
        }
    }

    /// An answer may end before its request: the client is told that the rest is not needed (RFC 9113 §8.1), and so is
    /// whoever pumps it to the backend.
    private void conclude() {
        if (!reply.whole()) {
            reset(ErrorCode.INTERNAL_ERROR);
        } else if (!remoteEnded) {
            reset(ErrorCode.NO_ERROR);
        }
        closed.set(true);
        connection.consumed(body.discard());
        body.cut();
        connection.finished(this);
    }

    int id() {
        return id;
    }

    Body offered() {
        return remoteEnded ? Body.EMPTY : body;
    }

    Lifeline lifeline() {
        return lifeline;
    }

    SendWindow sendWindow() {
        return sendWindow;
    }

    boolean remoteEnded() {
        return remoteEnded;
    }

    /// Whether the stream is so young, or so unanswered, that giving it up counts as rapid.
    boolean rapid(long now) {
        return !reply.committed() || now - lifeline.start() < 1_000_000_000L;
    }

    /// Takes DATA in; false if the window does not allow it.
    boolean admit(int bytes) {
        return receiveWindow.received(bytes);
    }

    /// Adds to the body; false if that is longer than announced. Nobody reads what comes after the answer.
    boolean add(byte[] bytes) {
        boolean right = body.add(bytes);
        if (closed.get()) {
            connection.consumed(body.discard());
        }
        return right;
    }

    /// The client has sent all; false if that is not what it announced.
    boolean end(Headers trailers) {
        remoteEnded = true;
        return body.end(trailers);
    }

    /// The window that bytes took which were padding.
    void consumed(int bytes) {
        if (bytes == 0) {
            return;
        }
        int increment = closed.get() ? 0 : receiveWindow.consumed(bytes);
        if (increment > 0 && !remoteEnded) {
            outbound().add(frames -> frames.windowUpdate(id, increment));
            connection.flushQuietly();
        }
        connection.consumed(bytes);
    }

    /// Tells a client that waits for it to send its body, once.
    void invite() {
        inviting.lock();
        try {
            if (invites) {
                invites = false;
                reply.interim(100, new Headers());
            }
        } finally {
            inviting.unlock();
        }
    }

    /// The answer begins: whoever pumps the body must not send an interim one behind its head.
    void answered() {
        inviting.lock();
        try {
            invites = false;
        } finally {
            inviting.unlock();
        }
    }

    /// The client has left the stream or the connection.
    void gone() {
        closed.set(true);
        outbound().close(sendWindow);
        lifeline.cut(Lifeline.Cut.CLIENT_GONE);
    }

    /// Ends the stream with an error that the client is told, once. Does not wait for it to be sent.
    void reset(ErrorCode code) {
        if (!closed.getAndSet(true)) {
            outbound().close(sendWindow);
            outbound().add(frames -> frames.reset(id, code));
        }
    }

    void abort() {
        reset(ErrorCode.INTERNAL_ERROR);
        connection.flushQuietly();
    }

    void headers(Outbound.Block block, boolean end) throws IOException {
        outbound().answer(sendWindow, block, end);
        noteEnd(end);
    }

    void data(byte[] array, int offset, int length, boolean end) throws IOException {
        outbound().data(sendWindow, array, offset, length, end);
        noteEnd(end);
    }

    /// A stream that both sides have ended makes room for the next, before its thread is through.
    private void noteEnd(boolean end) {
        if (end && remoteEnded) {
            closed.set(true);
            connection.close(this);
        }
    }

    void flush() throws IOException {
        outbound().flush();
    }

    /// Notes a wait for the body, unless it is that of somebody who pumps it to the backend.
    void waited(long nanos) {
        if (Thread.currentThread().equals(owner)) {
            lifeline.alsoWaited(nanos);
        }
    }

    void waitedToSend(long nanos) {
        if (nanos > LONG_SEND) {
            lifeline.alsoWaited(nanos);
        }
    }

    /// Others have deadlines, too: a failure here is none of theirs.
    void sweep(long now) {
        try {
            look(now);
        } catch (RuntimeException | Error e) {
            connection.port().housekeeping().failed(Chore.SWEEP, e);
        }
    }

    private void look(long now) {
        lifeline.sweep(now);
        body.sweep(now);
        long since = sendWindow.blockedSince();
        if (since != 0) {
            endStuckSend(now - since);
        }
    }

    /// A client that takes nothing of its answer would hold its thread and its backend for good.
    private void endStuckSend(long age) {
        long most = limits().writeTimeout().toNanos();
        Lifeline.Cut cut = lifeline.cut();
        boolean ended = cut != null && cut.endsExchange();
        if ((most > 0 && age > most) || (ended && age > LAST_SEND)) {
            reset(ErrorCode.CANCEL);
            lifeline.cut(Lifeline.Cut.CLIENT_GONE);
        }
    }

    ConnectionLimits limits() {
        return connection.port().limits();
    }

    String date() {
        return connection.port().date();
    }

    private Outbound outbound() {
        return connection.outbound();
    }
}
