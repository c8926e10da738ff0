package dev.agw.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects the problems of one reading. For one thread.
public final class Problems {
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(problem -> problem.at().column());

    private final List<Problem> found = new ArrayList<>();

    public void error(Position at, FieldPath path, String message, String hint) {
        found.add(Problem.error(at, path, message, hint));
    }

    public void warning(Position at, FieldPath path, String message, String hint) {
        found.add(Problem.warning(at, path, message, hint));
    }

    public void add(Problem problem) {
        found.add(problem);
    }

    /// All of them, in the order of the files.
    public List<Problem> all() {
        return found.stream().sorted(BY_PLACE).toList();
    }
}
