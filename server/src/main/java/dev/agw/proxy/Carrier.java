package dev.agw.proxy;

import dev.agw.balance.Endpoint;
import dev.agw.balance.Endpoints;
import dev.agw.balance.Pick;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Tunnel;
import dev.agw.upstream.Origin;
import dev.agw.upstream.UpstreamClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Hands the bytes of connections on to backends and back, without looking at them.
final class Carrier {
    private static final System.Logger LOGGER = System.getLogger(Carrier.class.getName());
    private static final int ROOM = 16 * 1024;

    private final UpstreamClient upstream;

    Carrier(UpstreamClient upstream) {
        this.upstream = upstream;
    }

    /// Returns when both directions are at their end, or one broke off; false if no backend took the connection.
    boolean carry(CarriedRoute route, Tunnel client, Lifeline lifeline) {
        Endpoints<Origin> endpoints = route.choose();
        List<Endpoint<Origin>> tried = new ArrayList<>();
        while (tried.size() < Math.max(1, endpoints.size()) && lifeline.cut() == null) {
            try (Pick<Origin> pick = endpoints.pick(tried)) {
                tried.add(pick.endpoint());
                if (carried(pick, route, client, lifeline)) {
                    return true;
                }
            } catch (ExchangeException nowhere) {
                LOGGER.log(
                        System.Logger.Level.DEBUG,
                        () -> route.name() + ": " + nowhere.failure().message());
                return false;
            }
        }
        Lifeline.Cut cut = lifeline.cut();
        return cut != null && cut.endsExchange(); // then it is not for want of a backend
    }

    /// False if the endpoint could not be connected to.
    private boolean carried(Pick<Origin> pick, CarriedRoute route, Tunnel client, Lifeline lifeline) {
        Tunnel backend;
        try {
            backend = upstream.open(pick.endpoint().payload(), lifeline, route.idleNanos());
        } catch (ExchangeException unreachable) {
            pick.unreachable();
            lifeline.mend();
            return false;
        }
        pick.answered(200);
        new Ride(client, backend, lifeline, route.idleNanos()).run();
        return true;
    }

    /// One connection and its other half.
    private record Ride(Tunnel client, Tunnel backend, Lifeline lifeline, long idleNanos) {
        void run() {
            lifeline.onCut(backend::close);
            awake();
            Thread up = Thread.startVirtualThread(() -> copy(client, backend));
            copy(backend, client);
            try {
                up.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                client.close();
                backend.close();
            }
        }

        /// An end is handed on like the bytes before it: the other direction goes on.
        private void copy(Tunnel from, Tunnel to) {
            byte[] buffer = new byte[ROOM];
            try {
                for (int read = from.read(buffer, 0, ROOM); read > 0; read = from.read(buffer, 0, ROOM)) {
                    awake();
                    to.write(buffer, 0, read);
                    awake();
                }
                to.finish();
            } catch (IOException broken) {
                client.close();
                backend.close();
            }
        }

        /// Silence is counted from here on.
        private void awake() {
            lifeline.waiting(idleNanos, Lifeline.Cut.IDLE_TIMEOUT);
        }
    }
}
