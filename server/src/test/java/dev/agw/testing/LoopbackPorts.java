package dev.agw.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/// Ports that nobody else gets meanwhile.
public final class LoopbackPorts {
    /// Those below are not given out by the kernel to clients.
    private static final int FIRST = 15_000;

    private static final int LAST = 30_000;
    private static final Queue<Socket> HELD = new ConcurrentLinkedQueue<>();

    private LoopbackPorts() {}

    /// One to listen on. No client has it on its own side, not even while whoever listens there is away.
    public static int free() throws IOException {
        for (int port = ThreadLocalRandom.current().nextInt(FIRST, LAST); true; port++) {
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException taken) {
                // the next one, then
            }
        }
    }

    /// One on which connections are refused: it is held, and nobody listens there. A port that was only given back may
    /// be had by another test, or by the client itself, which then talks to itself.
    public static int refusing() throws IOException {
        Socket held = new Socket();
        held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        HELD.add(held);
        return held.getLocalPort();
    }
}
