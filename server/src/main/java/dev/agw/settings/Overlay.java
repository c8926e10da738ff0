package dev.agw.settings;

import dev.agw.schema.Node;
import dev.agw.schema.Position;
import io.helidon.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Puts overriding values into the nodes of the file, each with the name of what it comes from as its place.
///
/// @param origins where each overridden path comes from
record Overlay(Map<String, String> origins) {
    Node.Mapping over(Node.Mapping file, Config config) {
        Node.Mapping merged = file;
        for (Map.Entry<String, String> origin : origins.entrySet()) {
            String value = config.get(origin.getKey()).asString().orElse("");
            // A variable that is set to nothing counts as absent, as a field without a value does.
            Node.Kind kind = value.isEmpty() ? Node.Kind.NOTHING : Node.Kind.ANY;
            Node.Scalar scalar = new Node.Scalar(Position.of(origin.getValue()), kind, value);
            merged = put(merged, List.of(origin.getKey().split("\\.", -1)), scalar);
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
