package dev.agw.proxy;

import dev.agw.balance.Endpoints;
import dev.agw.upstream.Origin;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Where the connections of a route go whose bytes are handed on.
///
/// @param name `namespace/name` of the route
/// @param shares those with a weight of 0 are left out
/// @param idleNanos how long both sides may be silent
public record CarriedRoute(String name, List<Share> shares, long idleNanos) {
    public CarriedRoute {
        shares = shares.stream().filter(share -> share.weight() > 0).toList();
    }

    /// A backend and its share; one that is not there fails its connections.
    public record Share(int weight, Endpoints<Origin> endpoints) {}

    /// A backend by weight; one without endpoints if there is none.
    Endpoints<Origin> choose() {
        int total = shares.stream().mapToInt(Share::weight).sum();
        int left = total == 0 ? 0 : ThreadLocalRandom.current().nextInt(total);
        for (Share share : shares) {
            left -= share.weight();
            if (left < 0) {
                return share.endpoints();
            }
        }
        return new Endpoints<>(name, List.of(), java.util.Optional.empty());
    }
}
