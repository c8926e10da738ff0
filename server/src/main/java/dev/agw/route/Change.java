package dev.agw.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/// What leaves a table, or a branch of it, and what comes in.
///
/// @param gone candidates of routes that leave; all of their routes' candidates leave
record Change<R>(List<Candidate<R>> gone, List<Candidate<R>> come) {
    Change() {
        this(new ArrayList<>(1), new ArrayList<>(1));
    }

    /// The part of the change that concerns some candidates.
    Change<R> of(Predicate<Candidate<R>> some) {
        return new Change<>(
                gone.stream().filter(some).toList(), come.stream().filter(some).toList());
    }

    /// The part of the change that concerns one type of patterns.
    Change<R> of(Class<? extends PathPattern> type) {
        return of(candidate -> type.isInstance(candidate.path()));
    }

    boolean nothing() {
        return gone.isEmpty() && come.isEmpty();
    }

    /// The change, taken apart by where it happens.
    <K> Map<K, Change<R>> by(Function<Candidate<R>, K> place) {
        Map<K, Change<R>> changes = new HashMap<>();
        gone.forEach(candidate -> changes.computeIfAbsent(place.apply(candidate), any -> new Change<>())
                .gone
                .add(candidate));
        come.forEach(candidate -> changes.computeIfAbsent(place.apply(candidate), any -> new Change<>())
                .come
                .add(candidate));
        return changes;
    }

    /// The candidates of one place after the change, in the order of their precedence.
    List<Candidate<R>> appliedTo(List<Candidate<R>> before) {
        if (nothing()) {
            return before;
        }
        Set<CompiledRoute<R>> leaving = Collections.newSetFromMap(new IdentityHashMap<>());
        gone.forEach(candidate -> leaving.add(candidate.route()));
        List<Candidate<R>> after = new ArrayList<>(before);
        after.removeIf(candidate -> leaving.contains(candidate.route()));
        after.addAll(come);
        after.sort(Candidate.PRECEDENCE);
        return List.copyOf(after);
    }

    /// A map after changes of some of its values.
    ///
    /// @param change makes the value of a key anew, empty if nothing is left of it
    static <K, V, C> Map<K, V> applied(
            Map<K, V> before, Map<K, C> changes, BiFunction<Optional<V>, C, Optional<V>> change) {
        if (changes.isEmpty()) {
            return before;
        }
        Map<K, V> after = new HashMap<>(before);
        changes.forEach((key, here) -> change.apply(Optional.ofNullable(before.get(key)), here)
                .ifPresentOrElse(value -> after.put(key, value), () -> after.remove(key)));
        return Map.copyOf(after);
    }
}
