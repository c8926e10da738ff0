package dev.agw.downstream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/*
 * Whoever pumps the body to the backend may want it while the exchange's thread begins to answer. Written behind the
 * head of the answer, the interim line would be taken for a part of its body; the lock keeps the two apart.
 */
/// The `100 Continue` that a client waits for before it sends its body (RFC 9110 §10.1.1): sent at most once, and
/// never after the answer has begun.
final class Invitation {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Http1Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean due = true;

    Invitation(Http1Connection connection) {
        this.connection = connection;
    }

    /// Tells the client to go on, if it still waits for that.
    void send() throws IOException {
        lock.lock();
        try {
            if (due) {
                due = false;
                connection.write(CONTINUE, 0, CONTINUE.length);
            }
        } finally {
            lock.unlock();
        }
    }

    /// The client learns from its answer what becomes of the request.
    void withdraw() {
        lock.lock();
        try {
            due = false;
        } finally {
            lock.unlock();
        }
    }
}
