package dev.agw.resource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/*
 * Nothing tells when a writer is done: a file that is written in several steps can be read between two of them, and
 * may even be valid then. So a change counts when nothing follows it for a while, and a text that looks unfinished is
 * not even looked into before it has been left alone for longer.
 */
/// How long files that have changed have to rest before their texts may be taken for whole. For one thread.
final class Settling {
    /// For a text that looks whole.
    static final Duration WHOLE = Duration.ofMillis(10);
    /// For one that breaks off where it went on before, and for a file that is gone: it may come back.
    static final Duration CUT = Duration.ofMillis(60);
    /// For an empty one: whoever empties a file writes it anew, and may have lost the processor in between.
    static final Duration EMPTY = Duration.ofMillis(450);

    private final LongSupplier clock;
    private final Map<Path, Unfinished> unfinished = new HashMap<>();
    private Optional<Long> due = Optional.empty();

    private record Unfinished(Stamp stamp, long due) {}

    /// @param clock in the manner of `System::nanoTime`
    Settling(LongSupplier clock) {
        this.clock = clock;
    }

    /// Notes that a file has another text, which looks whole.
    void changed(Path file) {
        unfinished.remove(file);
        due = Optional.of(clock.getAsLong() + WHOLE.toNanos());
    }

    /// Notes that a file has the text that it had when it came to rest.
    void unchanged(Path file) {
        unfinished.remove(file);
    }

    /// Notes that the text of a file looks unfinished.
    ///
    /// @param stamp of the file: as long as it stays the same, time goes on
    void unfinished(Path file, Stamp stamp, Duration rest) {
        Unfinished known = unfinished.get(file);
        if (known == null || !known.stamp().equals(stamp)) {
            unfinished.put(file, new Unfinished(stamp, clock.getAsLong() + rest.toNanos()));
        }
    }

    /// The files that looked unfinished and have been left like that for long enough; each is told once.
    List<Path> leftAlone() {
        long now = clock.getAsLong();
        List<Path> over = unfinished.entrySet().stream()
                .filter(entry -> entry.getValue().due() - now <= 0)
                .map(Map.Entry::getKey)
                .toList();
        over.forEach(unfinished::remove);
        return over;
    }

    /// How long nothing more may happen until all files may be taken; zero if they may.
    Duration left() {
        long now = clock.getAsLong();
        due = due.filter(end -> end - now > 0);
        long left = due.map(end -> end - now).orElse(0L);
        for (Unfinished one : unfinished.values()) {
            left = Math.max(left, one.due() - now);
        }
        return Duration.ofNanos(left);
    }
}
