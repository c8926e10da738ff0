package dev.agw.settings;

import dev.agw.schema.Node;
import dev.agw.schema.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Puts overriding values into the nodes of the file, each with the name of what it comes from as its place.
///
/// @param values by the path of the setting
record Overlay(Map<String, Value> values) {
    /// @param text as it was given
    /// @param origin what it comes from
    record Value(String text, String origin) {}

    Node.Mapping over(Node.Mapping file) {
        Node.Mapping merged = file;
        for (Map.Entry<String, Value> entry : values.entrySet()) {
            Value value = entry.getValue();
            // A variable that is set to nothing counts as absent, as a field without a value does.
            Node.Kind kind = value.text().isEmpty() ? Node.Kind.NOTHING : Node.Kind.ANY;
            Node.Scalar scalar = new Node.Scalar(Position.of(value.origin()), kind, value.text());
            merged = put(merged, List.of(entry.getKey().split("\\.", -1)), scalar);
        }
        return merged;
    }

    private static Node.Mapping put(Node.Mapping into, List<String> path, Node.Scalar value) {
        String key = path.get(0);
        List<Node.Entry> entries = new ArrayList<>(into.entries());
        int place = into.entries().stream().map(Node.Entry::key).toList().indexOf(key);
        Node inner = path.size() == 1 ? value : put(object(into, key, value), path.subList(1, path.size()), value);
        Node.Entry entry =
                new Node.Entry(place < 0 ? value.at() : entries.get(place).at(), key, inner);
        if (place < 0) {
            entries.add(entry);
        } else {
            entries.set(place, entry);
        }
        return new Node.Mapping(into.at(), entries);
    }

    private static Node.Mapping object(Node.Mapping around, String key, Node.Scalar value) {
        return around.get(key).orElse(value) instanceof Node.Mapping there
                ? there
                : new Node.Mapping(value.at(), List.of());
    }
}
