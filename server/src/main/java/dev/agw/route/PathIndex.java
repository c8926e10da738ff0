package dev.agw.route;

import com.google.re2j.Pattern;
import dev.agw.exchange.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The candidates of one hostname by path: exact paths first, then the longest prefix, then regular expressions.
///
/// A candidate whose conditions don't hold makes room for the next, on its own level and then on the levels below.
record PathIndex<R>(Map<String, List<Candidate<R>>> exact, PrefixTree<R> prefixes, List<RegexCandidate<R>> regexes) {

    record RegexCandidate<R>(Pattern pattern, Candidate<R> candidate) {}

    static <R> PathIndex<R> empty() {
        return new PathIndex<>(Map.of(), PrefixTree.empty(), List.of());
    }

    boolean isEmpty() {
        return exact.isEmpty() && prefixes.isEmpty() && regexes.isEmpty();
    }

    /// The same after a change; what the change does not concern is shared.
    PathIndex<R> after(Change<R> change) {
        return new PathIndex<>(
                exactAfter(change.of(PathPattern.Exact.class)),
                prefixes.after(change.of(PathPattern.Prefix.class), 0),
                regexesAfter(change.of(PathPattern.Regex.class)));
    }

    private Map<String, List<Candidate<R>>> exactAfter(Change<R> change) {
        return Change.applied(
                exact,
                change.by(candidate -> ((PathPattern.Exact) candidate.path()).path()),
                (before, here) -> Optional.of(here.appliedTo(before.orElse(List.of())))
                        .filter(candidates -> !candidates.isEmpty()));
    }

    private List<RegexCandidate<R>> regexesAfter(Change<R> change) {
        if (change.nothing()) {
            return regexes;
        }
        List<Candidate<R>> before =
                regexes.stream().map(RegexCandidate::candidate).toList();
        return change.appliedTo(before).stream()
                .map(one -> new RegexCandidate<>(((PathPattern.Regex) one.path()).pattern(), one))
                .toList();
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
