package dev.agw.route;

import com.google.re2j.Pattern;
import dev.agw.exchange.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The candidates of one hostname by path: exact paths first, then the longest prefix, then regular expressions.
///
/// A candidate whose conditions don't hold makes room for the next, on its own level and then on the levels below.
record PathIndex<R>(Map<String, List<Candidate<R>>> exact, PrefixTree<R> prefixes, List<RegexCandidate<R>> regexes) {

    record RegexCandidate<R>(Pattern pattern, Candidate<R> candidate) {}

    /// @param candidates most specific conditions first
    static <R> PathIndex<R> of(List<Candidate<R>> candidates) {
        Map<String, List<Candidate<R>>> exact = new HashMap<>();
        List<PrefixTree.Leaf<R>> prefixes = new ArrayList<>();
        List<RegexCandidate<R>> regexes = new ArrayList<>();
        for (Candidate<R> candidate : candidates) {
            switch (candidate.path()) {
                case PathPattern.Exact(String path) ->
                    exact.computeIfAbsent(path, any -> new ArrayList<>(1)).add(candidate);
                case PathPattern.Prefix(List<String> segments) ->
                    prefixes.add(new PrefixTree.Leaf<>(segments, candidate));
                case PathPattern.Regex(Pattern pattern) -> regexes.add(new RegexCandidate<>(pattern, candidate));
            }
        }
        exact.replaceAll((path, some) -> List.copyOf(some));
        return new PathIndex<>(Map.copyOf(exact), PrefixTree.of(prefixes), List.copyOf(regexes));
    }

    /// @param path in [NormalPath] form
    Optional<Match<R>> find(String path, Request request) {
        Optional<Match<R>> found = Candidate.first(exact.getOrDefault(path, List.of()), request);
        if (found.isEmpty()) {
            found = prefixes.find(path, 1, request);
        }
        return found.isEmpty() ? firstRegex(path, request) : found;
    }

    // The only step whose cost grows with the number of routes, and only with those of this host that are written
    // so.
    private Optional<Match<R>> firstRegex(String path, Request request) {
        for (RegexCandidate<R> regex : regexes) {
            if (regex.pattern().matches(path) && regex.candidate().conditions().holdFor(request)) {
                return Optional.of(regex.candidate().match());
            }
        }
        return Optional.empty();
    }
}
