package dev.agw.schema;

import java.util.List;
import java.util.Optional;

/// One value of a document, with its place. Mappings keep keys that occur twice, so that they can be reported.
public sealed interface Node {
    Position at();

    /// A plain value.
    record Scalar(Position at, Kind kind, String text) implements Node {}

    /// A list.
    record Sequence(Position at, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// An object.
    record Mapping(Position at, List<Entry> entries) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /// The first value of that name.
        public Optional<Node> get(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().equals(key))
                    .map(Entry::value)
                    .findFirst();
        }

        /// The text of a plain value of that name.
        public Optional<String> text(String key) {
            return get(key).filter(node -> node instanceof Scalar scalar && scalar.kind() != Kind.NOTHING)
                    .map(node -> ((Scalar) node).text());
        }
    }

    /// A field of an object.
    record Entry(Position at, String key, Node value) {}

    /// What a plain value was written as.
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        NOTHING,
        /// From a source that knows only text, such as an environment variable: may stand for any of them.
        ANY
    }

    /// True for a field that was written without a value, which counts as absent.
    default boolean nothing() {
        return this instanceof Scalar scalar && scalar.kind() == Kind.NOTHING;
    }

    /// The node at `path` below this one, or the nearest one above it that there is.
    default Node nearest(FieldPath path) {
        return path.parent().map(up -> nearest(up).step(path)).orElse(this);
    }

    private Node step(FieldPath path) {
        return switch (this) {
            case Mapping mapping -> mapping.get(path.name()).orElse(this);
            case Sequence list ->
                path.index() >= 0 && path.index() < list.items().size()
                        ? list.items().get(path.index())
                        : this;
            case Scalar scalar -> scalar;
        };
    }
}
