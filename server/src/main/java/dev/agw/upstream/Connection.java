package dev.agw.upstream;

import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Lifeline.Cut;
import dev.agw.http.Input;
import dev.agw.http.Output;
import dev.agw.http.Source;
import dev.agw.net.Transport;
import java.io.IOException;

/// A connection to a backend and what was read ahead from it. Used by one call at a time.
final class Connection {
    /// Bytes of an array that holds a request, or the begin of a head.
    private static final int QUIET = 1024;

    private static final Waits UNUSED = new Waits(new Lifeline(0), 0, Cut.IDLE_TIMEOUT);

    private final Transport transport;
    private final long openedAt;
    private final Input in;
    private final Output out;
    private Waits waits = UNUSED;
    private int requests;
    private boolean heard;

    /// @param openedAt in `System.nanoTime()`
    Connection(Transport transport, long openedAt) {
        this.transport = transport;
        this.openedAt = openedAt;
        this.in = new Input(new Answers(), transport.loop().arrays(), QUIET);
        this.out = new Output(transport, QUIET);
    }

    Transport transport() {
        return transport;
    }

    Input in() {
        return in;
    }

    Output out() {
        return out;
    }

    /// When it was opened, in `System.nanoTime()`.
    long openedAt() {
        return openedAt;
    }

    /// Requests that were begun on it.
    int requests() {
        return requests;
    }

    /// Begins a request, whose waits are announced to `announcer`.
    void begin(Waits announcer) {
        waits = announcer;
        requests++;
        heard = false;
    }

    /// Whether anything came since the last request was begun.
    boolean heard() {
        return heard;
    }

    /// Lets go of everything that belongs to the last request.
    void rest() {
        waits = UNUSED;
        in.release();
        out.release();
    }

    /// Whether the next request may go out on it: nothing unasked-for lies on it, and its peer is there.
    boolean fresh() {
        return in.available() == 0 && !transport.readable();
    }

    void close() {
        transport.close();
    }

    private final class Answers implements Source {
        @Override
        public int read(byte[] array, int offset, int length) throws IOException {
            return heard(waits.read(transport, array, offset, length));
        }

        @Override
        public void await() throws IOException {
            waits.await(transport);
        }

        @Override
        public int readNow(byte[] array, int offset, int length) throws IOException {
            return heard(transport.readNow(array, offset, length));
        }

        private int heard(int read) {
            heard |= read > 0;
            return read;
        }
    }
}
