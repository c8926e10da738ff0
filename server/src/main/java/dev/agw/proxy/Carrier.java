package dev.agw.proxy;

import dev.agw.balance.Endpoint;
import dev.agw.balance.Endpoints;
import dev.agw.balance.Pick;
import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import dev.agw.exchange.Tunnel;
import dev.agw.upstream.Origin;
import dev.agw.upstream.UpstreamClient;
import java.util.ArrayList;
import java.util.List;

/// Hands the bytes of connections on to backends and back, without looking at them.
final class Carrier {
    private static final System.Logger LOGGER = System.getLogger(Carrier.class.getName());

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

    /// False if there was no connection to be had to the endpoint.
    private boolean carried(Pick<Origin> pick, CarriedRoute route, Tunnel client, Lifeline lifeline) {
        Tunnel backend;
        try {
            backend = upstream.open(pick.endpoint().payload(), lifeline, route.idleNanos());
        } catch (ExchangeException failed) {
            if (!(failed.failure() instanceof Failure.Overloaded)) {
                pick.unreachable();
            }
            lifeline.mend();
            return false;
        }
        pick.answered(200);
        long idle = route.idleNanos();
        new TunnelPump(client, backend, lifeline, new TunnelPump.Silence(idle, idle)).run();
        return true;
    }
}
