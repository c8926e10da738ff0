package dev.agw.upstream;

import dev.agw.exchange.Tunnel;
import java.io.IOException;

/// A connection to a backend after an upgrade.
final class UpstreamTunnel implements Tunnel {
    private final Connection connection;
    private final Runnable close;

    UpstreamTunnel(Connection connection, Runnable close) {
        this.connection = connection;
        this.close = close;
    }

    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
        int early = connection.in().drainTo(array, offset, length);
        return early > 0 ? early : connection.transport().read(array, offset, length);
    }

    @Override
    public void write(byte[] array, int offset, int length) throws IOException {
        connection.transport().write(array, offset, length);
    }

    @Override
    public void finish() {
        connection.transport().finish();
    }

    @Override
    public void close() {
        close.run();
    }
}
