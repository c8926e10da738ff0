package dev.agw.cli.lint;

import dev.agw.schema.Node;
import dev.agw.schema.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A document of somebody else's format, of which some fields are looked at. What is not there is nothing, and has
/// nothing in it.
record Tree(Node node) {
    /// What is at that path.
    Tree at(String... path) {
        Tree tree = this;
        for (String step : path) {
            tree = tree.field(step);
        }
        return tree;
    }

    private Tree field(String name) {
        return node instanceof Node.Mapping mapping
                ? new Tree(mapping.get(name).orElseGet(this::nothing))
                : new Tree(nothing());
    }

    private Node nothing() {
        return new Node.Scalar(node.at(), Node.Kind.NOTHING, "");
    }

    boolean there() {
        return !node.nothing();
    }

    boolean list() {
        return node instanceof Node.Sequence;
    }

    Position position() {
        return node.at();
    }

    /// The items of a list.
    List<Tree> items() {
        return node instanceof Node.Sequence sequence
                ? sequence.items().stream().map(Tree::new).toList()
                : List.of();
    }

    /// A plain value.
    Optional<String> text() {
        return node instanceof Node.Scalar scalar && there() ? Optional.of(scalar.text()) : Optional.empty();
    }

    /// A plain value at that path; empty text if there is none.
    String textAt(String... path) {
        return at(path).text().orElse("");
    }

    /// A whole number.
    Optional<Integer> number() {
        return text().filter(text -> text.matches("-?\\d{1,9}")).map(Integer::valueOf);
    }

    /// The fields of an object, in their order.
    Map<String, Tree> fields() {
        Map<String, Tree> fields = new LinkedHashMap<>();
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach(entry -> fields.put(entry.key(), new Tree(entry.value())));
        }
        return fields;
    }

    /// The fields of an object that are plain values.
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        fields().forEach((name, tree) -> tree.text().ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    /// All objects within, itself first.
    Stream<Tree> objects() {
        return switch (node) {
            case Node.Mapping mapping ->
                Stream.concat(
                        Stream.of(this),
                        mapping.entries().stream().flatMap(entry -> new Tree(entry.value()).objects()));
            case Node.Sequence sequence -> sequence.items().stream().flatMap(item -> new Tree(item).objects());
            case Node.Scalar scalar -> Stream.empty();
        };
    }
}
