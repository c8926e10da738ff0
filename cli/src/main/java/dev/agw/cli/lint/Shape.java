package dev.agw.cli.lint;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which labels the series of an expression have.
///
/// @param surely those that each series has
/// @param varying those of `surely` that take several values
/// @param possibly those that a series may have; empty if that cannot be told
record Shape(Set<String> surely, Set<String> varying, Optional<Set<String>> possibly) {
    /// A number, or a series without labels.
    static final Shape BARE = new Shape(Set.of(), Set.of(), Optional.of(Set.of()));

    /// Nobody knows.
    static final Shape UNKNOWN = new Shape(Set.of(), Set.of(), Optional.empty());

    Shape {
        surely = Set.copyOf(surely);
        varying = Set.copyOf(varying);
        possibly = possibly.map(Set::copyOf);
    }

    /// Whether a series can have that label.
    boolean may(String label) {
        return possibly.isEmpty() || possibly.get().contains(label);
    }

    /// What is left with some of the labels alone.
    Shape only(Predicate<String> kept) {
        return new Shape(
                filtered(surely, kept), filtered(varying, kept), possibly.map(labels -> filtered(labels, kept)));
    }

    /// What is left with these labels alone; where nobody knows which there were, they may be there.
    Shape by(Set<String> labels) {
        Shape kept = only(labels::contains);
        return new Shape(kept.surely, kept.varying, Optional.of(kept.possibly.orElse(labels)));
    }

    /// With further labels that may be there.
    Shape with(Set<String> labels) {
        return new Shape(surely, varying, possibly.map(known -> union(known, labels)));
    }

    /// Series of both.
    Shape or(Shape other) {
        return new Shape(
                filtered(surely, other.surely::contains),
                union(varying, other.varying),
                possibly.flatMap(mine -> other.possibly.map(theirs -> union(mine, theirs))));
    }

    private static Set<String> filtered(Set<String> labels, Predicate<String> kept) {
        return labels.stream().filter(kept).collect(Collectors.toSet());
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
