package dev.agw.http;

import java.io.IOException;

/// Where read bytes come from: a socket, or what stands for one.
@FunctionalInterface
public interface Source {
    /// Reads at least one byte, waiting for it; -1 at the end.
    int read(byte[] array, int offset, int length) throws IOException;
}
