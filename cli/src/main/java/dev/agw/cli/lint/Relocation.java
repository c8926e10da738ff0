package dev.agw.cli.lint;

import dev.agw.schema.Node;
import dev.agw.schema.Position;

/// Puts a document that stands within another to the place of what holds it: its own lines are no lines of the file.
final class Relocation {
    private Relocation() {}

    static Node to(Position place, Node node) {
        return switch (node) {
            case Node.Scalar scalar -> new Node.Scalar(place, scalar.kind(), scalar.text());
            case Node.Sequence sequence ->
                new Node.Sequence(
                        place,
                        sequence.items().stream().map(item -> to(place, item)).toList());
            case Node.Mapping mapping ->
                new Node.Mapping(
                        place,
                        mapping.entries().stream()
                                .map(entry -> new Node.Entry(place, entry.key(), to(place, entry.value())))
                                .toList());
        };
    }
}
