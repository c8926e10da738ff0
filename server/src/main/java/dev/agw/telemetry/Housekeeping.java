package dev.agw.telemetry;

import dev.agw.net.EventLoops;
import dev.agw.net.Failures;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/*
 * Whoever does a chore goes on after whatever failed, an Error as well: a class that cannot be loaded or a stack that
 * overflows spoils one turn, while a thread that has ended leaves deadlines unguarded for good, and nobody notices.
 */
/// What fails in the background is counted and logged here, and the work goes on. Safe from any thread.
public final class Housekeeping {
    private static final System.Logger LOGGER = System.getLogger(Housekeeping.class.getName());

    private final Map<Chore, Failures> failures = new EnumMap<>(Chore.class);

    public Housekeeping() {
        for (Chore chore : Chore.values()) {
            failures.put(chore, new Failures(LOGGER, "housekeeping (" + chore.label() + ")"));
        }
    }

    /// Does a part of a chore. It may fail: others are done all the same.
    public void attempt(Chore chore, Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            failed(chore, e);
        }
    }

    /// A part of a chore failed.
    public void failed(Chore chore, Throwable failure) {
        of(chore).add(failure);
    }

    /// How often a chore failed. Event loops belong to the process and count for themselves.
    public long failures(Chore chore) {
        return chore == Chore.EVENT_LOOP ? EventLoops.failures() : of(chore).count();
    }

    private Failures of(Chore chore) {
        return Objects.requireNonNull(failures.get(chore));
    }
}
