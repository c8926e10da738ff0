package dev.agw.http;

import java.io.IOException;

/// Where read bytes come from: a socket, or what stands for one.
@FunctionalInterface
public interface Source {
    /// Reads at least one byte, waiting for it; -1 at the end.
    int read(byte[] array, int offset, int length) throws IOException;

    /// Waits until [#readNow] has something to look at, so that an array is needed only then. What cannot tell
    /// returns at once.
    default void await() throws IOException {}

    /// Reads what has come; 0 if that is nothing, -1 at the end. What cannot tell waits like [#read].
    default int readNow(byte[] array, int offset, int length) throws IOException {
        return read(array, offset, length);
    }
}
