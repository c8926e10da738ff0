package dev.agw.route;

import dev.agw.exchange.Request;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One match of one rule, as it lies in a table.
///
/// @param number its place among the matches of all rules of its route
record Candidate<R>(PathPattern path, Conditions conditions, Match<R> match, CompiledRoute<R> route, int number) {
    /// Of candidates for the same host and path, the first counts whose conditions hold.
    static final Comparator<Candidate<?>> PRECEDENCE = Candidate::compare;

    private static int compare(Candidate<?> one, Candidate<?> other) {
        int conditions = Conditions.MOST_SPECIFIC_FIRST.compare(one.conditions, other.conditions);
        return conditions != 0 ? conditions : compareOrigins(one, other);
    }

    private static int compareOrigins(Candidate<?> one, Candidate<?> other) {
        int created = one.route.created().compareTo(other.route.created());
        int name = one.route.name().compareTo(other.route.name());
        return created != 0 ? created : name != 0 ? name : Integer.compare(one.number, other.number);
    }

    /// The first of `candidates` whose conditions hold.
    static <R> Optional<Match<R>> first(List<Candidate<R>> candidates, Request request) {
        for (Candidate<R> candidate : candidates) {
            if (candidate.conditions().holdFor(request)) {
                return Optional.of(candidate.match());
            }
        }
        return Optional.empty();
    }
}
