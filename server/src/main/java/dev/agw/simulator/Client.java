package dev.agw.simulator;

import dev.agw.http.Output;
import dev.agw.net.PlainTransport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/// The far side of a connection: takes bytes, may leave while it waits, and can be treated badly. Confined to its
/// thread.
final class Client {
    private static final int ROOM = 512;
    private static final long LONGEST_HOLD = Duration.ofMinutes(10).toNanos();

    private final PlainTransport transport;
    private final Output out;
    private final long watchNanos;
    private long nanosPerByte;
    private boolean ended;

    Client(PlainTransport transport, Duration watch) {
        this.transport = transport;
        this.out = new Output(this::write, ROOM);
        this.watchNanos = watch.toNanos();
    }

    /// Where the bytes of an answer are gathered.
    Output out() {
        return out;
    }

    /// Whether the connection is over from our side.
    boolean ended() {
        return ended;
    }

    /// Sends what is gathered.
    void flush() throws IOException {
        out.flush();
    }

    /// Sends what is gathered byte by byte.
    void dribble(long gapNanos) throws IOException {
        nanosPerByte = gapNanos;
        out.flush();
        nanosPerByte = 0;
    }

    private void write(byte[] array, int offset, int length) throws IOException {
        if (nanosPerByte == 0) {
            transport.write(array, offset, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            transport.write(array, offset + i, 1);
            sleep(nanosPerByte);
        }
    }

    /// Sends what is gathered and lets some time pass, holding no buffer meanwhile.
    ///
    /// @throws IOException the client left
    void pause(long nanos) throws IOException {
        if (nanos <= 0) {
            return;
        }
        out.flush();
        out.release();
        long end = System.nanoTime() + nanos;
        transport.watch();
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            sleep(Math.min(left, watchNanos));
            if (left > watchNanos && transport.probe().over()) {
                throw new IOException("the client left");
            }
        }
        transport.unwatch();
    }

    /// Sends what is gathered and then nothing until the client leaves, at most 10 minutes.
    void hold() throws IOException {
        pause(LONGEST_HOLD);
        end();
    }

    /// Resets the connection: what was not read yet is lost to the client.
    void reset() {
        ended = true;
        transport.closeWithReset();
    }

    /// Closes the connection.
    void end() {
        ended = true;
        transport.close();
    }

    private static void sleep(long nanos) throws IOException {
        try {
            Thread.sleep(Duration.ofNanos(nanos));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the simulator stops");
        }
    }
}
