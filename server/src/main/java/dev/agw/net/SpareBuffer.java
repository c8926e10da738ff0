package dev.agw.net;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A buffer that connections lend each other for the moment of a write, so that none holds or makes one of its
/// own. Safe from any thread.
final class SpareBuffer {
    private final AtomicReference<@Nullable ByteBuffer> spare = new AtomicReference<>();

    /// An empty buffer of at least so many bytes: the spare one, or another if that is in use.
    ByteBuffer take(int size) {
        ByteBuffer free = spare.getAndSet(null);
        return free != null && free.capacity() >= size ? free.clear() : ByteBuffer.allocate(size);
    }

    /// Gives a buffer back that nobody uses any more.
    void give(ByteBuffer buffer) {
        spare.set(buffer);
    }
}
