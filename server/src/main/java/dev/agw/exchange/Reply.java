package dev.agw.exchange;

import dev.agw.http.Headers;
import java.util.Optional;

/// The way back to the client: one head, then body bytes, then the end.
///
/// Framing is the connection's business (length, chunks, DATA frames). Every method throws [ClientGoneException]
/// when the client is no longer there. Confined to the exchange's thread.
public interface Reply {
    /// Length of a body that is not known in advance.
    int UNKNOWN_LENGTH = -1;

    /// Sends an interim response (1xx), if the client's HTTP version knows them.
    void interim(int status, Headers headers);

    /// Fixes status and header fields. They leave with the first body bytes, [#flush] or [#end].
    ///
    /// @param headers end-to-end fields only; framing fields are added here. Not kept
    /// @param length bytes of the body, or [#UNKNOWN_LENGTH]
    void head(int status, Headers headers, long length);

    /// Adds body bytes; they may be held back until [#flush]. Bytes behind a HEAD or a 204/304 are dropped.
    void write(byte[] array, int offset, int length);

    /// Sends everything written so far.
    void flush();

    /// Ends the body and sends everything.
    void end();

    /// Ends the response without finishing it: the client sees a broken transfer, never a clean end.
    void abort();

    /// Whether a head was fixed: from then on no other answer can be given.
    boolean committed();

    /// The status of the head; 0 before there is one.
    int status();

    /// Body bytes written so far, without framing.
    long bytes();

    /// Leaves HTTP behind after a 101 was sent: the raw bytes of the connection, both ways. Empty if its version can't.
    Optional<Tunnel> tunnel();
}
