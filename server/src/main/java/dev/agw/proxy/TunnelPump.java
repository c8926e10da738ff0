package dev.agw.proxy;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Outcome;
import dev.agw.exchange.Tunnel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/*
 * A connection that is closed while bytes of its peer lie there unread is reset, and the reset takes away what the peer has
 * not read yet. So a backend that takes nothing more is no reason to close: what the client still says is thrown away, and
 * the backend's last words reach it.
 */
/// Carries bytes both ways between two connections. The end of one is handed on like the bytes before it, and the
/// other direction goes on. All is over when both directions are, when the client cannot be written to, when there
/// is no memory for what it sends, or after too long a silence.
final class TunnelPump {
    private static final int ROOM = 8 * 1024;
    /// For a client to take the last words of a backend that is gone.
    private static final long LAST_WAIT = Duration.ofSeconds(2).toNanos();

    private final Tunnel client;
    private final Tunnel backend;
    private final Lifeline lifeline;
    private final Silence silence;
    private final AtomicReference<@Nullable Outcome> first = new AtomicReference<>();
    private volatile boolean backendSilent;
    private volatile boolean backendDeaf;
    private long received;

    /// How long nothing may come from either side, in nanoseconds; 0 is without bound.
    ///
    /// @param open while both sides may speak
    /// @param halfOpen when one of them has said its last
    record Silence(long open, long halfOpen) {}

    TunnelPump(Tunnel client, Tunnel backend, Lifeline lifeline, Silence silence) {
        this.client = client;
        this.backend = backend;
        this.lifeline = lifeline;
        this.silence = silence;
    }

    /// Returns when both directions are at their end.
    void run() {
        long worked = System.nanoTime() - lifeline.waited();
        lifeline.onCut(this::close);
        awake();
        Thread up = Thread.startVirtualThread(this::toBackend);
        toClient();
        try {
            up.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
        // none of this was the gateway's own time
        lifeline.alsoWaited(System.nanoTime() - lifeline.waited() - worked);
    }

    /// Bytes that the client was sent.
    long received() {
        return received;
    }

    /// Why it is over. That the client did not go when the backend was gone is no reason.
    Outcome outcome() {
        Outcome why = first.get();
        Lifeline.Cut cut = lifeline.cut();
        if (cut != null && !backendGone()) {
            return ErrorResponder.outcome(cut);
        }
        return why == null ? Outcome.COMPLETED : why;
    }

    private void toClient() {
        byte[] buffer = new byte[ROOM];
        Runnable reset = this::lost;
        for (int read = read(backend, buffer, reset); read > 0; read = read(backend, buffer, reset)) {
            if (!written(client, buffer, read)) {
                ended(Outcome.CLIENT_GONE);
                close();
                return;
            }
            received += read;
        }
        ended(Outcome.COMPLETED);
        client.finish();
        backendSilent = true;
        awake();
    }

    private void toBackend() {
        byte[] buffer = new byte[ROOM];
        Runnable reset = () -> {}; // an end like any other
        for (int read = read(client, buffer, reset); read > 0; read = read(client, buffer, reset)) {
            if (!backendDeaf && !written(backend, buffer, read)) {
                lost();
            }
        }
        ended(Outcome.CLIENT_GONE);
        awake();
        backend.finish();
    }

    /// Bytes read; 0 or less when there will be no more.
    private int read(Tunnel from, byte[] buffer, Runnable onReset) {
        try {
            int read = from.read(buffer, 0, ROOM);
            if (read > 0 && !backendDeaf) {
                awake();
            }
            return read;
        } catch (ExchangeException full) {
            ended(Outcome.SHUTDOWN);
            backend.abort(); // what it got is not all that the client has to say
            client.close();
            return -1;
        } catch (IOException gone) {
            onReset.run();
            return -1;
        }
    }

    /// The backend takes nothing more, unless it was cut off by ourselves: then that is why all is over.
    private void lost() {
        if (lifeline.cut() != null) {
            return;
        }
        ended(Outcome.UPSTREAM_ABORT);
        backendDeaf = true;
        awake();
    }

    private boolean written(Tunnel to, byte[] buffer, int length) {
        try {
            to.write(buffer, 0, length);
            awake();
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    private void ended(Outcome why) {
        Lifeline.Cut cut = lifeline.cut();
        first.compareAndSet(null, cut == null ? why : ErrorResponder.outcome(cut));
    }

    private boolean backendGone() {
        return backendSilent && backendDeaf;
    }

    /// Silence is counted from here on. The other direction may end meanwhile, and its shorter patience must hold.
    private void awake() {
        long patience;
        do {
            patience = patience();
            lifeline.silentFrom(System.nanoTime(), patience);
        } while (patience != patience());
    }

    private long patience() {
        if (backendGone()) {
            return LAST_WAIT;
        }
        return first.get() == null ? silence.open() : silence.halfOpen();
    }

    private void close() {
        client.close();
        backend.close();
    }
}
