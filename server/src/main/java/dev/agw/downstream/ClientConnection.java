package dev.agw.downstream;

/// A connection of a client, whatever protocol it speaks.
interface ClientConnection {
    /// Serves requests until one side ends the connection; on the connection's own thread.
    void run();

    /// Ends waits that took too long, and looks whether the client is still there. Called by the sweeper alone.
    void sweep(long now);

    /// Ends the wait for a next request; requests under way go on.
    void endIfIdle();

    /// Ends the connection and what it serves.
    void cut();

    /// Requests that are being served.
    int busy();
}
