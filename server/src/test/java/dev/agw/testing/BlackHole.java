package dev.agw.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// An address that neither takes nor refuses a connection: its queue is full, and the system drops what comes.
public final class BlackHole implements AutoCloseable {
    private final ServerSocket full;
    private final Socket one;
    private final Socket two;

    public BlackHole() throws IOException {
        this("127.0.0.1", 0);
    }

    /// @param address of the loopback, such as `127.0.0.3`
    public BlackHole(String address, int port) throws IOException {
        full = new ServerSocket(port, 1, InetAddress.getByName(address));
        one = new Socket(full.getInetAddress(), full.getLocalPort());
        two = new Socket(full.getInetAddress(), full.getLocalPort());
    }

    public int port() {
        return full.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        one.close();
        two.close();
        full.close();
    }
}
