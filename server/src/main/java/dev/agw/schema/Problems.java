package dev.agw.schema;

import java.util.ArrayList;
import java.util.List;

/// Collects the problems of one reading. For one thread.
public final class Problems {
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
        return found.stream().sorted(Problems::byPlace).toList();
    }

    /// Not put together of parts of [java.util.Comparator], which no AOT cache can keep.
    private static int byPlace(Problem one, Problem other) {
        int file = one.file().compareTo(other.file());
        int line = file != 0 ? file : Integer.compare(one.line(), other.line());
        return line != 0 ? line : Integer.compare(one.at().column(), other.at().column());
    }
}
