package dev.agw.proxy;

import dev.agw.exchange.Failure;
import dev.agw.exchange.Lifeline;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

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
        Kept kept = claimed(route);
        try {
            Gate.Place place = kept.gate.enter(lifeline);
            return () -> {
                place.close();
                kept.release();
            };
        } catch (RuntimeException refused) {
            kept.release();
            throw refused;
        }
    }

    private Kept claimed(String route) {
        Kept kept = kept(route);
        while (!kept.claim()) {
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
            if (kept.retire()) {
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

    /// A gate, and how many are in it or wait at it; once retired it takes nobody any more.
    private static final class Kept {
        private static final int RETIRED = -1;

        private final Gate gate;
        private final AtomicInteger users = new AtomicInteger();

        Kept(Gate gate) {
            this.gate = gate;
        }

        boolean claim() {
            return users.getAndUpdate(count -> count == RETIRED ? RETIRED : count + 1) != RETIRED;
        }

        void release() {
            users.decrementAndGet();
        }

        boolean retire() {
            return users.compareAndSet(0, RETIRED);
        }
    }
}
