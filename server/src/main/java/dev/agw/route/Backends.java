package dev.agw.route;

import dev.agw.exchange.ExchangeException;
import dev.agw.exchange.Failure;
import dev.agw.policy.FilterChain;
import dev.agw.policy.Mirror;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;

/// The backends of a rule, chosen by chance in proportion to their weights. Immutable.
///
/// A backend that does not exist keeps its share of the requests and fails them with 503, so that a typo in one of
/// two references does not silently send everything to the other.
///
/// @param <T> the caller's handle of a backend
public final class Backends<T> {
    private final List<Slot<T>> slots;
    private final int[] bounds;
    private final Failure whenNone;

    /// Where a request goes.
    ///
    /// @param target the caller's handle of the backend
    /// @param filters those of the backendRef: behind the rule's on the way in, before them on the way out
    /// @param mirrors where copies go, those of the rule apart
    public record Destination<T>(T target, FilterChain filters, List<Mirror<T>> mirrors) {}

    /// What stands behind one backendRef.
    sealed interface Slot<T> {
        int weight();

        record Present<T>(int weight, Destination<T> destination) implements Slot<T> {}

        record Missing<T>(int weight, Failure failure) implements Slot<T> {}
    }

    /// @param whenNone what requests end in if no slot has a weight
    Backends(List<Slot<T>> slots, Failure whenNone) {
        this.slots = slots.stream().filter(slot -> slot.weight() > 0).toList();
        this.bounds = this.slots.stream().mapToInt(Slot::weight).toArray();
        this.whenNone = whenNone;
        for (int i = 1; i < bounds.length; i++) {
            bounds[i] += bounds[i - 1];
        }
    }

    /// Chooses by weight.
    ///
    /// @throws ExchangeException 404 if the rule names no backend; 503 if all weights are 0 or the chosen backend
    ///     does not exist; 500 if the rule could not be compiled
    public Destination<T> choose() {
        return choose(ThreadLocalRandom.current()::nextInt);
    }

    /// @param random a number from 0 to below its argument
    Destination<T> choose(IntUnaryOperator random) {
        return switch (slot(random)) {
            case Slot.Present<T> present -> present.destination();
            case Slot.Missing<T> missing -> throw new ExchangeException(missing.failure());
        };
    }

    private Slot<T> slot(IntUnaryOperator random) {
        return switch (slots.size()) {
            case 0 -> throw new ExchangeException(whenNone);
            case 1 -> slots.getFirst();
            default -> slotAt(random.applyAsInt(bounds[bounds.length - 1]));
        };
    }

    private Slot<T> slotAt(int point) {
        int i = 0;
        while (point >= bounds[i]) {
            i++;
        }
        return slots.get(i);
    }
}
