package dev.agw.gateway;

import dev.agw.proxy.CarriedRoute;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The routes of one listener whose bytes are handed on, by the name that a client asks for.
final class CarriedRoutes {
    private static final String ANY = "";

    private final Map<String, CarriedRoute> byName = new HashMap<>();

    /// @param hostname exact, or with `*.` in front; empty for all. Of two routes for the same name the first counts.
    void add(String hostname, CarriedRoute route) {
        byName.putIfAbsent(hostname, route);
    }

    Optional<CarriedRoute> find(String serverName) {
        CarriedRoute exact = byName.get(serverName);
        if (exact != null) {
            return Optional.of(exact);
        }
        for (int dot = serverName.indexOf('.', 1); dot > 0; dot = serverName.indexOf('.', dot + 1)) {
            CarriedRoute wildcard = byName.get("*" + serverName.substring(dot));
            if (wildcard != null) {
                return Optional.of(wildcard);
            }
        }
        return Optional.ofNullable(byName.get(ANY));
    }
}
