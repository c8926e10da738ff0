package dev.agw.cli.cluster;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Answers nobody before so many have asked; whoever asks one after another waits in vain, and gets 503.
public final class PatientServer implements AutoCloseable {
    private static final int SECONDS = 4;

    private final CyclicBarrier all;
    private final HttpServer server;

    /// @param many how many have to ask
    public PatientServer(int many) throws IOException {
        all = new CyclicBarrier(many);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            byte[] body = {'\n'};
            exchange.sendResponseHeaders(met() ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// Whether some asked without the others.
    public boolean waitedInVain() {
        return all.isBroken();
    }

    private boolean met() {
        try {
            all.await(SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            return false;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
