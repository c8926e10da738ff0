package dev.agw.http;

import java.io.IOException;

/// Where written bytes go: a socket, or what stands for one.
@FunctionalInterface
public interface Sink {
    /// Writes all of the bytes, waiting as long as it takes.
    void write(byte[] array, int offset, int length) throws IOException;
}
