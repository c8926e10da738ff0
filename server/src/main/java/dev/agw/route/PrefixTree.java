package dev.agw.route;

import dev.agw.exchange.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Path prefixes by segment. A path is followed down as far as there are branches; the deepest candidate wins.
record PrefixTree<R>(Map<String, PrefixTree<R>> branches, List<Candidate<R>> candidates) {

    static <R> PrefixTree<R> empty() {
        return new PrefixTree<>(Map.of(), List.of());
    }

    boolean isEmpty() {
        return branches.isEmpty() && candidates.isEmpty();
    }

    /// The same after a change; branches that the change does not reach are shared.
    ///
    /// @param depth how many segments lead here
    PrefixTree<R> after(Change<R> change, int depth) {
        Map<String, Change<R>> below = change.of(
                        candidate -> segments(candidate).size() > depth)
                .by(candidate -> segments(candidate).get(depth));
        return new PrefixTree<>(
                Change.applied(
                        branches,
                        below,
                        (before, here) -> Optional.of(before.orElse(empty()).after(here, depth + 1))
                                .filter(branch -> !branch.isEmpty())),
                change.of(candidate -> segments(candidate).size() == depth).appliedTo(candidates));
    }

    private static List<String> segments(Candidate<?> candidate) {
        return ((PathPattern.Prefix) candidate.path()).segments();
    }

    /// @param from where the next segment of `path` starts
    Optional<Match<R>> find(String path, int from, Request request) {
        if (from < path.length() && !branches.isEmpty()) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            PrefixTree<R> branch = branches.get(path.substring(from, end));
            Optional<Match<R>> deeper = branch == null ? Optional.empty() : branch.find(path, end + 1, request);
            if (deeper.isPresent()) {
                return deeper;
            }
        }
        return Candidate.first(candidates, request);
    }
}
