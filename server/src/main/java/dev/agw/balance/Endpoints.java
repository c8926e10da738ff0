package dev.agw.balance;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/*
 * Power of two choices: two endpoints are drawn by weight and the one with less to do, by weight, is taken. That is within a
 * constant of the least busy of all, needs no shared order, and does not send everybody to the endpoint that just came back.
 * https://www.eecs.harvard.edu/~michaelm/postscripts/mythesis.pdf
 *
 * There is no panic mode: when all are ejected the backend has failed, and saying so at once is kinder than waiting for it.
 */
/// The endpoints of one backend, in groups of falling priority.
public final class Endpoints<T> {
    private final String backend;
    private final List<List<Endpoint<T>>> groups;
    private final Optional<OutlierDetection> detection;
    private final IntUnaryOperator random;
    private final ReentrantLock ejecting = new ReentrantLock();

    /// What an endpoint may have against it and still be picked; each lets in what the one before does.
    private enum Tolerance {
        /// Nothing.
        NONE,
        /// That it could not be connected to a moment ago.
        UNREACHABLE,
        /// That this request has tried it before.
        TRIED
    }

    private static final Tolerance[] RISING = Tolerance.values();

    /// @param backend `namespace/name`, for messages
    /// @param groups the first one that has a usable endpoint serves
    /// @param detection empty: nothing is ejected
    public Endpoints(String backend, List<List<Endpoint<T>>> groups, Optional<OutlierDetection> detection) {
        this(backend, groups, detection, bound -> ThreadLocalRandom.current().nextInt(bound));
    }

    /// @param random a number from 0 up to its argument, exclusively
    Endpoints(
            String backend,
            List<List<Endpoint<T>>> groups,
            Optional<OutlierDetection> detection,
            IntUnaryOperator random) {
        this.backend = backend;
        this.groups = groups.stream().map(List::copyOf).toList();
        this.detection = detection;
        this.random = random;
    }

    /// Chooses an endpoint and counts a call to it until the pick is closed.
    ///
    /// Endpoints that could not be connected to a moment ago, and those that this request tried before, come
    /// last, after those of lower groups.
    ///
    /// @throws ExchangeException `NoHealthyBackend`: there is no endpoint, or all of them are ejected
    public Pick<T> pick(Collection<Endpoint<T>> tried) {
        for (Tolerance tolerance : RISING) {
            for (List<Endpoint<T>> group : groups) {
                Endpoint<T> chosen = choose(group, tried, tolerance);
                if (chosen != null) {
                    return new Pick<>(this, chosen);
                }
            }
        }
        throw new ExchangeException(new Failure.NoHealthyBackend(
                groups.stream().allMatch(List::isEmpty)
                        ? "backend \"" + backend + "\" has no endpoint"
                        : "no endpoint of backend \"" + backend + "\" is healthy"));
    }

    /// The groups, in order of priority.
    public List<List<Endpoint<T>>> groups() {
        return groups;
    }

    /// Endpoints in all groups.
    public int size() {
        return groups.stream().mapToInt(List::size).sum();
    }

    /// Endpoints that are ejected now.
    public int ejected() {
        return (int) groups.stream()
                .flatMap(List::stream)
                .filter(endpoint -> endpoint.health().ejected())
                .count();
    }

    /// Called by picks: the endpoint answered.
    void answered(Endpoint<T> endpoint, int status) {
        if (status < 500) {
            endpoint.health().succeeded();
            return;
        }
        int inRow = endpoint.health().erred();
        detection.ifPresent(rules -> check(endpoint, rules, inRow, rules.consecutiveErrors()));
    }

    /// Called by picks: the endpoint did not answer.
    void silent(Endpoint<T> endpoint) {
        boolean apart = detection.isPresent() && detection.get().splitLocalErrors();
        int inRow = endpoint.health().silent(apart);
        detection.ifPresent(rules ->
                check(endpoint, rules, inRow, apart ? rules.consecutiveLocalErrors() : rules.consecutiveErrors()));
    }

    private void check(Endpoint<T> endpoint, OutlierDetection rules, int inRow, int limit) {
        if (limit == 0 || inRow < limit || endpoint.health().ejected()) {
            return;
        }
        ejecting.lock();
        try {
            if (!endpoint.health().ejected() && rules.allows(ejected(), size())) {
                endpoint.health().eject(rules);
            }
        } finally {
            ejecting.unlock();
        }
    }

    private @Nullable Endpoint<T> choose(List<Endpoint<T>> group, Collection<Endpoint<T>> tried, Tolerance tolerance) {
        List<Endpoint<T>> usable = usable(group, tried, tolerance);
        if (usable.size() < 2) {
            return usable.isEmpty() ? null : usable.getFirst();
        }
        int total = weight(usable);
        Endpoint<T> one = draw(usable, null, total);
        Endpoint<T> other = draw(usable, one, total - one.weight());
        return busier(one, other) ? other : one;
    }

    private List<Endpoint<T>> usable(List<Endpoint<T>> group, Collection<Endpoint<T>> tried, Tolerance tolerance) {
        if (allUsable(group, tried, tolerance)) {
            return group;
        }
        return group.stream()
                .filter(endpoint -> usable(endpoint, tried, tolerance))
                .toList();
    }

    private boolean allUsable(List<Endpoint<T>> group, Collection<Endpoint<T>> tried, Tolerance tolerance) {
        for (Endpoint<T> endpoint : group) {
            if (!usable(endpoint, tried, tolerance)) {
                return false;
            }
        }
        return true;
    }

    private boolean usable(Endpoint<T> endpoint, Collection<Endpoint<T>> tried, Tolerance tolerance) {
        EndpointHealth health = endpoint.health();
        return endpoint.weight() > 0
                && !health.ejected()
                && switch (tolerance) {
                    case NONE -> !health.avoided() && !tried.contains(endpoint);
                    case UNREACHABLE -> !tried.contains(endpoint);
                    case TRIED -> true;
                };
    }

    private static <T> int weight(List<Endpoint<T>> endpoints) {
        int total = 0;
        for (Endpoint<T> endpoint : endpoints) {
            total += endpoint.weight();
        }
        return total;
    }

    /// Draws by weight among all but `except`, whose weights add up to `total`.
    private Endpoint<T> draw(List<Endpoint<T>> endpoints, @Nullable Endpoint<T> except, int total) {
        int left = random.applyAsInt(total);
        Endpoint<T> drawn = endpoints.getFirst();
        for (Endpoint<T> endpoint : endpoints) {
            if (endpoint.equals(except)) {
                continue;
            }
            drawn = endpoint;
            left -= endpoint.weight();
            if (left < 0) {
                break;
            }
        }
        return drawn;
    }

    /// At equal load the first drawn stays, so that weights hold while nobody is busy.
    private static boolean busier(Endpoint<?> one, Endpoint<?> other) {
        return (long) one.health().inFlight() * other.weight()
                > (long) other.health().inFlight() * one.weight();
    }
}
