package dev.agw.net;

import java.io.IOException;

/// There is no memory for what the peer of a connection has begun to send. The connection is as it was before the read,
/// which may be tried again.
public final class NoMemoryException extends IOException {
    private static final long serialVersionUID = 1L;

    public NoMemoryException() {
        super("there is no memory for what the peer has begun to send");
    }
}
