package dev.agw.upstream;

import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Lifeline.Cut;
import dev.agw.net.Transport;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/*
 * Reads are never timed; each wait is announced to the lifeline, and whoever sweeps it closes the connection
 * when the wait takes too long.
 *
 * While a large request goes out on a second thread, silence of the backend means nothing: it may be waiting
 * for the rest. So the reader then waits unannounced, and the moment the request is complete the sender
 * announces the wait on its behalf. The lock keeps that hand-over from missing a read or outliving it.
 */
/// Announces what one call waits for. The exchange's thread reads; only [#sent] comes from the sending thread.
/// Behind an upgrade only writes are announced, all by the thread that makes them.
final class Waits {
    private final Lifeline lifeline;
    private final ReentrantLock handOver = new ReentrantLock();
    private long nanos;
    private Cut onTimeout;
    private boolean announced;
    private volatile boolean sending;
    private boolean reading;
    private boolean announcedByOther;

    Waits(Lifeline lifeline, long nanos, Cut onTimeout) {
        this.lifeline = lifeline;
        this.nanos = nanos;
        this.onTimeout = onTimeout;
    }

    /// Bounds the waits from here on.
    void patience(long most, Cut why) {
        nanos = most;
        onTimeout = why;
    }

    /// Announces one wait for everything up to [#end].
    void begin() {
        announced = true;
        lifeline.waiting(nanos, onTimeout);
    }

    void end() {
        if (announced) {
            announced = false;
            lifeline.resume();
        }
    }

    /// A second thread is about to send the request's body.
    void sending() {
        end();
        sending = true;
    }

    /// Reads from the backend, announcing the wait.
    int read(Transport transport, byte[] array, int offset, int length) throws IOException {
        int read;
        do {
            await(transport);
            read = transport.readNow(array, offset, length);
        } while (read == 0);
        return read;
    }

    /// Waits until the backend has sent something, announcing the wait.
    void await(Transport transport) throws IOException {
        if (sending) {
            awaitWhileSending(transport);
        } else if (announced) {
            transport.await();
        } else {
            lifeline.waiting(nanos, onTimeout);
            try {
                transport.await();
            } finally {
                lifeline.resume();
            }
        }
    }

    private void awaitWhileSending(Transport transport) throws IOException {
        startReading();
        try {
            transport.await();
        } finally {
            stopReading();
        }
    }

    private void startReading() {
        handOver.lock();
        try {
            reading = true;
            if (!sending) {
                announceForReader();
            }
        } finally {
            handOver.unlock();
        }
    }

    private void stopReading() {
        handOver.lock();
        try {
            reading = false;
            if (announcedByOther) {
                announcedByOther = false;
                lifeline.resume();
            }
        } finally {
            handOver.unlock();
        }
    }

    /// The whole body was sent, or no more of it will be.
    void sent() {
        handOver.lock();
        try {
            sending = false;
            if (reading) {
                announceForReader();
            }
        } finally {
            handOver.unlock();
        }
    }

    private void announceForReader() {
        announcedByOther = true;
        lifeline.waiting(nanos, onTimeout);
    }
}
