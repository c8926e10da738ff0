package dev.agw.resource;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// What one list has and another has not, as the very same object.
///
/// @param gone what only the first has
/// @param come what only the second has
@SuppressWarnings("ReferenceEquality") // that is what it is about
public record Difference<T>(List<T> gone, List<T> come) {
    /// What turns one list into another.
    public static <T> Difference<T> between(List<T> before, List<T> after) {
        int shorter = Math.min(before.size(), after.size());
        int start = 0;
        while (start < shorter && before.get(start) == after.get(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && before.get(before.size() - 1 - end) == after.get(after.size() - 1 - end)) {
            end++;
        }
        return unordered(before.subList(start, before.size() - end), after.subList(start, after.size() - end));
    }

    private static <T> Difference<T> unordered(List<T> before, List<T> after) {
        Set<T> left = Collections.newSetFromMap(new IdentityHashMap<>());
        left.addAll(before);
        List<T> come = after.stream().filter(one -> !left.remove(one)).toList();
        return new Difference<>(before.stream().filter(left::contains).toList(), come);
    }
}
