package dev.agw.upstream;

import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Lifeline.Cut;
import dev.agw.http.Body;
import dev.agw.http2.Outbound;
import dev.agw.upstream.Http2Stream.Event;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/*
 * As with HTTP/1: a backend may answer early and reset the stream; then this thread ends at the next piece. When the
 * client fails, the exchange's thread is told.
 */
/// Sends the body of a request on a thread of its own, as fast as the backend's windows allow.
final class Http2Upload implements Runnable {
    private static final byte[] NONE = {};

    private final Outbound out;
    private final Http2Stream stream;
    private final Body body;
    private final Lifeline lifeline;
    private final long idleNanos;
    private volatile boolean stopped;
    private volatile boolean complete;
    private volatile @Nullable RuntimeException clientFailure;

    Http2Upload(Outbound out, Http2Stream stream, Body body, Lifeline lifeline, long idleNanos) {
        this.out = out;
        this.stream = stream;
        this.body = body;
        this.lifeline = lifeline;
        this.idleNanos = idleNanos;
    }

    void start() {
        Thread.ofVirtual().name("upload").start(this);
    }

    /// Sends no further piece.
    void stop() {
        stopped = true;
    }

    boolean complete() {
        return complete;
    }

    /// What the client did to end it; null if nothing.
    @Nullable
    RuntimeException clientFailure() {
        return clientFailure;
    }

    @Override
    public void run() {
        try {
            send();
        } catch (RuntimeException e) {
            clientFailure = e;
            stream.offer(new Event.Broken(false, "the client broke its request off"));
        } finally {
            stream.offer(new Event.Sent());
        }
    }

    private void send() {
        try {
            while (!stopped && next()) {
                write(body.array(), body.offset(), body.length(), false);
            }
            if (!stopped) {
                write(NONE, 0, 0, true);
                complete = true;
            }
        } catch (IOException expected) {
            stopped = true; // the backend does not listen: its answer, or the lack of one, says why
        }
    }

    private boolean next() {
        try {
            return body.next();
        } catch (IOException e) {
            throw Failures.ofClient(e);
        }
    }

    private void write(byte[] array, int offset, int length, boolean end) throws IOException {
        lifeline.waiting(idleNanos, Cut.IDLE_TIMEOUT);
        try {
            out.data(stream.sendWindow(), array, offset, length, end);
            out.flush();
        } finally {
            lifeline.resume();
        }
    }
}
