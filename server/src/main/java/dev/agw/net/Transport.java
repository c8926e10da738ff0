package dev.agw.net;

import dev.agw.http.Sink;
import dev.agw.http.Source;
import java.io.IOException;

/// A connection as bytes: plain TCP or TLS. One thread reads while another may write; any thread may close.
public interface Transport extends Source, Sink {
    /// Ends the connection at once; a blocked read or write throws.
    void close();

    /// Makes the close that follows a reset, so that a response without length is not taken for whole.
    void closeWithReset();

    /// Says that no more bytes will be written, so that the peer sees the end and not a reset.
    void finish();

    /// Unblocks the owner's read, which then sees the end; writing goes on.
    void stopReading();

    /// Throws away what the peer still sends, waiting for it: bytes into `scratch`, below any encryption; -1 at the
    /// end. A reader that still waits for a part of it may go on; each gets some. Nothing is to be read after that.
    int discard(byte[] scratch) throws IOException;

    /// Whether bytes, or the end of the connection, have come that nobody asked for. A pooled connection on which
    /// this holds must not be used: what lies there is no answer to the next request. Asks the kernel: a loop that
    /// is busy has not seen yet what came a moment ago.
    boolean readable();

    /// Lets other threads [#probe] from now on: the owner will not read until [#unwatch].
    void watch();

    /// Ends what [#watch] began; no probe is under way when this returns.
    void unwatch();

    /// Looks, without waiting, whether the peer sent something or left. Bytes that came are kept for the next read.
    /// Finds silence while the connection is not watched or its owner is writing.
    Probe probe();

    /// The loop that waits for it.
    EventLoop loop();

    /// `plaintext` or `tls`.
    String kind();
}
