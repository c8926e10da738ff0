package dev.agw.net;

import dev.agw.http.Lender;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One array that the connections of a loop lend each other; another is made for whoever comes while it is in use.
final class SpareArray implements Lender {
    /// As large as what the largest record of TLS holds, and a little more, as the engine estimates it.
    static final int SIZE = 17 * 1024;

    private final AtomicReference<byte @Nullable []> spare = new AtomicReference<>();

    @Override
    public byte[] lend() {
        byte[] free = spare.getAndSet(null);
        return free == null ? new byte[SIZE] : free;
    }

    @Override
    public void giveBack(byte[] array) {
        spare.set(array);
    }
}
