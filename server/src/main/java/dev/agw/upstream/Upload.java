package dev.agw.upstream;

import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Lifeline.Cut;
import dev.agw.http.Body;
import dev.agw.http.HeadWriter;
import dev.agw.http.Output;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/*
 * The second direction of a call whose request is too large, or comes too slowly, to be sent before the answer
 * is read. A backend may answer early and stop reading; then the answer goes on at once and this thread ends
 * at the next piece.
 *
 * When the client fails, the connection to the backend is ended: nothing else would wake the thread that reads
 * from it. When the backend fails, nothing is done here: whoever reads from it learns more.
 */
/// Sends the body of a request on a thread of its own.
final class Upload implements Runnable {
    private static final int SLICE = 64 * 1024;
    private static final Duration LAST_WORD = Duration.ofMillis(100);

    private final Lease lease;
    private final Waits waits;
    private final Body body;
    private final long idleNanos;
    private final boolean chunked;
    private final Thread thread;
    private long sent;
    private volatile boolean stopped;
    private volatile boolean ending;
    private volatile boolean complete;
    private volatile @Nullable RuntimeException clientFailure;

    Upload(Lease lease, Waits waits, Body body, long idleNanos) {
        this.lease = lease;
        this.waits = waits;
        this.body = body;
        this.idleNanos = idleNanos;
        this.chunked = body.declaredLength() < 0;
        this.thread = Thread.ofVirtual().name("upload").unstarted(this);
    }

    void start() {
        thread.start();
    }

    /// Sends no further piece.
    void stop() {
        stopped = true;
    }

    /// What the client did to end it; null if nothing.
    @Nullable
    RuntimeException clientFailure() {
        return clientFailure;
    }

    /// Whether the whole body was sent. A backend may answer before this side has noticed that its last write is
    /// done: that much is waited for.
    boolean complete() {
        return complete || (ending && ended() && complete);
    }

    private boolean ended() {
        try {
            return thread.join(LAST_WORD);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void run() {
        try {
            send();
        } catch (RuntimeException e) {
            clientFailed(e);
        } finally {
            waits.sent();
        }
    }

    private void send() {
        try {
            while (!stopped && next()) {
                pass();
            }
            if (!stopped) {
                end();
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

    private void pass() throws IOException {
        int end = body.offset() + body.length();
        for (int at = body.offset(); at < end && !stopped; at += SLICE) {
            int length = Math.min(SLICE, end - at);
            sent += length;
            ending = sent == body.declaredLength();
            write(at, length);
        }
    }

    private void write(int offset, int length) throws IOException {
        Lifeline lifeline = lease.lifeline();
        lifeline.waiting(idleNanos, Cut.IDLE_TIMEOUT);
        try {
            if (chunked) {
                Output out = lease.connection().out();
                HeadWriter.chunk(out, body.array(), offset, length);
                out.flush();
            } else {
                lease.connection().transport().write(body.array(), offset, length);
            }
        } finally {
            lifeline.resume();
        }
    }

    private void end() throws IOException {
        ending = true;
        if (chunked) {
            HeadWriter.lastChunk(lease.connection().out());
            lease.connection().out().flush();
        }
        complete = chunked || sent == body.declaredLength();
    }

    private void clientFailed(RuntimeException e) {
        clientFailure = e;
        lease.run();
    }
}
