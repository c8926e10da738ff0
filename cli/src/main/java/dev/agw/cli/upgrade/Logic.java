package dev.agw.cli.upgrade;

import java.util.function.BiFunction;
import java.util.function.Function;

/// What a check does: a function of what was seen and what is wanted.
@FunctionalInterface
interface Logic {
    Finding of(Snapshot snapshot, Aim aim);

    /// Looks at one part; without it the finding says why it is not there.
    static <T> Logic on(Function<Snapshot, Part<T>> part, BiFunction<T, Aim, Finding> logic) {
        return (snapshot, aim) -> part.apply(snapshot) instanceof Part.Read<T>(T value)
                ? logic.apply(value, aim)
                : Finding.absent(part.apply(snapshot));
    }
}
