package dev.agw.telemetry;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// One counter per constant of an enum, all there from the start.
final class EnumCounters<E extends Enum<E>> {
    private final Map<E, Counter> counters;

    /// @param counter makes or finds the counter of a constant
    EnumCounters(Class<E> constants, Function<E, Counter> counter) {
        counters = new EnumMap<>(constants);
        for (E constant : constants.getEnumConstants()) {
            counters.put(constant, counter.apply(constant));
        }
    }

    Counter of(E constant) {
        return Objects.requireNonNull(counters.get(constant));
    }
}
