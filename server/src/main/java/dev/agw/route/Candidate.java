package dev.agw.route;

import dev.agw.exchange.Request;
import java.util.List;
import java.util.Optional;

/// One match of one rule, as it lies in a table.
record Candidate<R>(PathPattern path, Conditions conditions, Match<R> match) {

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
