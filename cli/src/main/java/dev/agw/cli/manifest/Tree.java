package dev.agw.cli.manifest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An object of a manifest, its fields in the order in which they are written.
///
/// Values are texts, numbers, booleans, lists, trees and [Mark]s. There is no null and nothing empty: what is not said
/// is left out, so that server-side apply leaves it to others.
final class Tree {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /// A tree of one field.
    static Tree of(String key, Object value) {
        return new Tree().put(key, value);
    }

    /// A tree of plain texts.
    static Tree of(Map<String, ?> texts) {
        Tree tree = new Tree();
        texts.forEach(tree::put);
        return tree;
    }

    /// Adds a field; an empty list or tree is left out.
    Tree put(String key, Object value) {
        boolean empty = (value instanceof Tree tree && tree.fields.isEmpty())
                || (value instanceof Collection<?> list && list.isEmpty());
        if (!empty) {
            fields.put(key, value);
        }
        return this;
    }

    /// Adds a field if there is a value for it.
    Tree put(String key, Optional<?> value) {
        value.ifPresent(some -> put(key, some));
        return this;
    }

    /// Adds a field that says nothing but that it is there: `emptyDir: {}`.
    Tree putEmpty(String key) {
        fields.put(key, new Tree());
        return this;
    }

    /// Adds a field with a comment above it.
    Tree note(String key, String comment, Object value) {
        return put(key, new Mark.Note(comment, value));
    }

    /// Adds all fields of another.
    Tree putAll(Tree other) {
        fields.putAll(other.fields);
        return this;
    }

    /// The tree in that field, which is made if there is none.
    Tree below(String key) {
        return (Tree) fields.computeIfAbsent(key, any -> new Tree());
    }

    Map<String, Object> fields() {
        return fields;
    }

    /// The value without marks, as maps, lists and scalars.
    static Object plain(Object value) {
        return switch (value) {
            case Tree tree -> tree.plain();
            case List<?> list -> list.stream().map(Tree::plain).toList();
            case Mark.Note note -> plain(note.value());
            case Mark.Slot slot -> slot.filled();
            case Mark.Computed computed -> plain(computed.value());
            case Mark.Raw raw -> raw.text();
            case Mark.Text text -> text.plain();
            default -> value;
        };
    }

    /// The fields without marks.
    Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        fields.forEach((key, value) -> plain.put(key, plain(value)));
        return plain;
    }

    /// Everything in here and below that is a place for a value of a chart, in the order in which it is written.
    List<Mark.Slot> slots() {
        List<Mark.Slot> slots = new ArrayList<>();
        collect(this, slots);
        return slots;
    }

    private static void collect(Object value, List<Mark.Slot> slots) {
        switch (value) {
            case Tree tree -> tree.fields.values().forEach(field -> collect(field, slots));
            case List<?> list -> list.forEach(item -> collect(item, slots));
            case Mark.Slot slot -> slots.add(slot);
            case Mark.Note note -> collect(note.value(), slots);
            case Mark.Text text -> collect(text.tree(), slots);
            default -> {}
        }
    }
}
