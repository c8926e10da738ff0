package dev.agw.proxy;

import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/*
 * A reload may rename every route, again and again, so what is kept by name has to be forgotten. A gate that nobody is in
 * or waits at is like a new one: it may go whether its route is there or not.
 */
/// The gates of routes, kept by the route's name, so that a reload does not let twice as many in.
final class RouteGates {
    private final Gate.Bounds bounds;
    private final Map<String, Kept> gates = new ConcurrentHashMap<>();

    RouteGates(Gate.Bounds bounds) {
        this.bounds = bounds;
    }

    /// Lets the caller in, at once or after a wait, as [Gate#enter] does.
    Gate.Place enter(String route, Lifeline lifeline) {
        return claimed(route).users.enter(lifeline);
    }

    private Kept claimed(String route) {
        Kept kept = kept(route);
        while (!kept.users.claim()) {
            gates.remove(route, kept);
            kept = kept(route);
        }
        return kept;
    }

    private Kept kept(String route) {
        return gates.computeIfAbsent(route, name -> new Kept(new Gate(Failure.Lack.ROUTE_REQUESTS, bounds)));
    }

    /// Forgets those that nobody uses.
    void sweep() {
        gates.forEach((route, kept) -> {
            if (kept.users.retire()) {
                gates.remove(route, kept);
            }
        });
    }

    /// Gates that are kept.
    int size() {
        return gates.size();
    }

    /// Requests that wait to be let in.
    int queued() {
        return gates.values().stream().mapToInt(kept -> kept.gate.queued()).sum();
    }

    /// A gate, and those who are in it or wait at it.
    private static final class Kept {
        private final Gate gate;
        private final Users users;

        Kept(Gate gate) {
            this.gate = gate;
            this.users = new Users(gate::enter);
        }
    }
}
