package dev.agw.downstream;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Tunnel;
import dev.agw.net.NoMemoryException;
import dev.agw.telemetry.Limit;
import java.io.IOException;

/// A client's connection after an upgrade. What was read ahead behind the request comes first.
final class ClientTunnel implements Tunnel {
    private final Http1Connection connection;

    ClientTunnel(Http1Connection connection) {
        this.connection = connection;
    }

    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
        int early = connection.in().drainTo(array, offset, length);
        if (early > 0) {
            return early;
        }
        try {
            return connection.receive(array, offset, length);
        } catch (NoMemoryException full) {
            connection.meter().refused(Limit.HEAD_MEMORY);
            throw new ExchangeException(HeadBudget.usedUp());
        }
    }

    @Override
    public void write(byte[] array, int offset, int length) throws IOException {
        connection.write(array, offset, length);
    }

    @Override
    public void finish() {
        connection.finish();
    }

    @Override
    public void close() {
        connection.transport().close();
    }
}
