package dev.agw.exchange;

import java.io.IOException;

/// A connection after an HTTP upgrade, or one that never spoke HTTP: bytes both ways. One thread may read while another
/// writes.
public interface Tunnel {
    /// Reads at least one byte; -1 at the end.
    ///
    /// @throws ExchangeException there is no memory for what came
    int read(byte[] array, int offset, int length) throws IOException;

    /// Writes all bytes.
    ///
    /// @throws IOException the peer is gone, or took nothing for too long; the connection is ended then
    void write(byte[] array, int offset, int length) throws IOException;

    /// Says that nothing more will be written; reading goes on where the connection can do that.
    default void finish() {
        close();
    }

    /// Ends the connection so that its peer does not take that for an end of what was said, where that can be done.
    default void abort() {
        close();
    }

    /// Ends the connection; a blocked read or write returns or throws.
    void close();
}
