package dev.agw.route;

import dev.agw.exchange.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Path prefixes by segment. A path is followed down as far as there are branches; the deepest candidate wins.
record PrefixTree<R>(Map<String, PrefixTree<R>> branches, List<Candidate<R>> candidates) {

    /// A candidate and the path to where it belongs.
    record Leaf<R>(List<String> segments, Candidate<R> candidate) {}

    /// @param leaves most specific conditions first
    static <R> PrefixTree<R> of(List<Leaf<R>> leaves) {
        return grow(leaves, 0);
    }

    private static <R> PrefixTree<R> grow(List<Leaf<R>> leaves, int depth) {
        List<Candidate<R>> here = new ArrayList<>();
        Map<String, List<Leaf<R>>> below = new HashMap<>();
        for (Leaf<R> leaf : leaves) {
            if (leaf.segments().size() == depth) {
                here.add(leaf.candidate());
            } else {
                below.computeIfAbsent(leaf.segments().get(depth), segment -> new ArrayList<>())
                        .add(leaf);
            }
        }
        Map<String, PrefixTree<R>> branches = new HashMap<>();
        below.forEach((segment, some) -> branches.put(segment, grow(some, depth + 1)));
        return new PrefixTree<>(Map.copyOf(branches), List.copyOf(here));
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
