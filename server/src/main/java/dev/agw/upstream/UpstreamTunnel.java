package dev.agw.upstream;

import dev.agw.exchange.Tunnel;
import java.io.IOException;

/// A connection to a backend after an upgrade.
final class UpstreamTunnel implements Tunnel {
    private final Connection connection;
    private final Waits waits;
    private final Runnable close;

    /// @param waits announces writes alone: who reads may wait as long as nothing is said
    UpstreamTunnel(Connection connection, Waits waits, Runnable close) {
        this.connection = connection;
        this.waits = waits;
        this.close = close;
    }

    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
        int early = connection.in().drainTo(array, offset, length);
        return early > 0 ? early : connection.transport().read(array, offset, length);
    }

    @Override
    public void write(byte[] array, int offset, int length) throws IOException {
        waits.begin();
        try {
            connection.transport().write(array, offset, length);
        } finally {
            waits.end();
        }
    }

    @Override
    public void finish() {
        connection.transport().finish();
    }

    @Override
    public void abort() {
        connection.transport().closeWithReset();
        close();
    }

    @Override
    public void close() {
        close.run();
    }
}
