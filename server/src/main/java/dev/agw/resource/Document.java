package dev.agw.resource;

import dev.agw.schema.FieldPath;
import dev.agw.schema.Position;
import dev.agw.schema.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/*
 * What is kept of a document is what is needed while it stays as it is: its resources, not the tree they were made of,
 * which takes several times their room. Where in it a field stands is asked for problems alone; then it is parsed once
 * more, and the answer is kept.
 */
/// What one part of a file says. It holds for as long as the text of the part stays the same, wherever the part
/// moves to. For one thread.
final class Document {
    private final int firstLine;
    private final List<Entry> entries;
    private final List<Problem> problems;
    private final boolean fixed;
    private final boolean movable;
    private Map<Spot, Position> places = Map.of();

    /// A resource that is declared.
    ///
    /// @param resource empty if it cannot be read
    record Entry(ResourceKey key, Optional<Resource> resource) {}

    private record Spot(int entry, FieldPath path) {}

    /// @param firstLine where the part stood when it was read
    /// @param fixed false if something outside of the text has a say, such as the file of a secret
    Document(int firstLine, List<Entry> entries, List<Problem> problems, boolean fixed) {
        this.firstLine = firstLine;
        this.entries = List.copyOf(entries);
        this.problems = List.copyOf(problems);
        this.fixed = fixed;
        this.movable = problems.stream().noneMatch(Problem::error);
    }

    List<Entry> entries() {
        return entries;
    }

    /// False if something outside of the text has a say.
    boolean fixed() {
        return fixed;
    }

    /// Whether the document is right for a part that begins in that line, too. Errors may quote lines in their
    /// words.
    boolean holdsAt(int line) {
        return movable || line == firstLine;
    }

    boolean saysTheSameAs(Document other) {
        return firstLine == other.firstLine && entries.equals(other.entries) && problems.equals(other.problems);
    }

    /// The problems as they are now that the part begins in that line.
    List<Problem> problems(int line) {
        return line == firstLine || problems.isEmpty()
                ? problems
                : problems.stream()
                        .map(problem -> problem.movedBy(line - firstLine))
                        .toList();
    }

    /// Where a field of an entry is written now that the part begins in that line; empty if nobody has told yet.
    Optional<Position> place(int entry, FieldPath path, int line) {
        return Optional.ofNullable(places.get(new Spot(entry, path))).map(place -> place.movedBy(line - firstLine));
    }

    /// Tells where a field of an entry is written.
    void placed(int entry, FieldPath path, int line, Position place) {
        if (places.isEmpty()) {
            places = new HashMap<>();
        }
        places.put(new Spot(entry, path), place.movedBy(firstLine - line));
    }
}
