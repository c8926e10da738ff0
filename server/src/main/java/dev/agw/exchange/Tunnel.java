package dev.agw.exchange;

import java.io.IOException;

/// A connection after an HTTP upgrade: bytes both ways. One thread may read while another writes.
public interface Tunnel {
    /// Reads at least one byte; -1 at the end.
    int read(byte[] array, int offset, int length) throws IOException;

    /// Writes all bytes.
    ///
    /// @throws IOException the peer is gone, or took nothing for too long; the connection is ended then
    void write(byte[] array, int offset, int length) throws IOException;

    /// Ends the connection; a blocked read or write returns or throws.
    void close();
}
