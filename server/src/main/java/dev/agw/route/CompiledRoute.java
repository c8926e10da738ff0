package dev.agw.route;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// An HTTPRoute made ready for any number of tables.
///
/// @param <R> what a match yields: [Rule], or what the caller made of it by [#map]
public final class CompiledRoute<R> {
    private final String name;
    private final Instant created;
    private final List<String> hostnames;
    private final List<Branch<R>> branches;

    /// A rule and the matches that lead to it.
    record Branch<R>(R rule, List<Matcher> matchers) {}

    /// One entry of `matches`.
    record Matcher(PathPattern path, Conditions conditions) {
        <R> Match<R> match(R rule) {
            return new Match<>(rule, path.prefixSegments());
        }
    }

    CompiledRoute(String name, Instant created, List<String> hostnames, List<Branch<R>> branches) {
        this.name = name;
        this.created = created;
        this.hostnames = List.copyOf(hostnames);
        this.branches = List.copyOf(branches);
    }

    /// The same route with something else for each rule: the place to add what only the caller knows of. Called
    /// once per rule.
    public <S> CompiledRoute<S> map(Function<? super R, ? extends S> change) {
        List<Branch<S>> changed = new ArrayList<>(branches.size());
        for (Branch<R> branch : branches) {
            changed.add(new Branch<>(change.apply(branch.rule()), branch.matchers()));
        }
        return new CompiledRoute<>(name, created, hostnames, changed);
    }

    /// `namespace/name`.
    public String name() {
        return name;
    }

    /// The rules that can be matched, in their order.
    public List<R> rules() {
        List<R> rules = new ArrayList<>(branches.size());
        branches.forEach(branch -> rules.add(branch.rule()));
        return rules;
    }

    Instant created() {
        return created;
    }

    List<String> hostnames() {
        return hostnames;
    }

    /// All matches of all rules, to be laid into a table.
    List<Candidate<R>> candidates() {
        List<Candidate<R>> candidates = new ArrayList<>(branches.size());
        for (Branch<R> branch : branches) {
            for (Matcher matcher : branch.matchers()) {
                candidates.add(new Candidate<>(
                        matcher.path(), matcher.conditions(), matcher.match(branch.rule()), this, candidates.size()));
            }
        }
        return candidates;
    }
}
