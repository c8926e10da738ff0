package dev.agw.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 * A value that cannot be made is null in here, and its problem is already noted: the reading goes on, so that all
 * problems come out at once, and whatever would contain the value is null in turn.
 */
/// Makes records of nodes: every component is a field, and whatever does not fit becomes a [Problem].
///
/// Absent `Optional`, `List` and `Map` fields are empty; other absent fields take their [Doc#byDefault], or are
/// missing. A field written without a value counts as absent. For one thread.
public final class Binder {
    private final Problems problems;
    private final ScalarBinder scalars;
    private int inert;

    /// @param readers how to read the [Written] types, except [Quantity]
    public Binder(Map<Class<?>, TextReader> readers, Problems problems) {
        this.problems = problems;
        this.scalars = new ScalarBinder(readers, problems);
    }

    /// The record that `node` describes; empty if it cannot be made, which is then among the problems.
    public <T extends Record> Optional<T> bind(Class<T> type, Node node, FieldPath path) {
        return Optional.ofNullable(structure(Shape.of(type), node, path)).map(type::cast);
    }

    private @Nullable Object value(FieldType type, Node node, FieldPath path) {
        return switch (type) {
            case FieldType.Structure s -> structure(Shape.of(s.type()), node, path);
            case FieldType.Maybe m -> maybe(value(m.of(), node, path));
            case FieldType.ListOf l -> list(l, node, path);
            case FieldType.MapOf m -> map(m, node, path);
            case FieldType.Tree t -> Trees.tree(node);
            case FieldType.Text t -> scalars.text(t, node, path);
            case FieldType.Flag f -> scalars.flag(f, node, path);
            case FieldType.Whole w -> scalars.whole(w, node, path);
            case FieldType.Decimal d -> scalars.decimal(d, node, path);
            case FieldType.Time t -> scalars.time(t, node, path);
            case FieldType.Choice c -> scalars.choice(c, node, path);
            case FieldType.Reads r -> scalars.written(r, node, path);
        };
    }

    private static @Nullable Object maybe(@Nullable Object value) {
        return value == null ? null : Optional.of(value);
    }

    private @Nullable Object list(FieldType.ListOf type, Node node, FieldPath path) {
        if (!(node instanceof Node.Sequence sequence)) {
            return scalars.misshapen(type.label(), node, path);
        }
        List<Object> values = new ArrayList<>(sequence.items().size());
        for (int i = 0; i < sequence.items().size(); i++) {
            Object value = value(type.of(), sequence.items().get(i), path.item(i));
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == sequence.items().size() ? List.copyOf(values) : null;
    }

    private @Nullable Object map(FieldType.MapOf type, Node node, FieldPath path) {
        if (!(node instanceof Node.Mapping mapping)) {
            return scalars.misshapen(type.label(), node, path);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Node.Entry> seen = new LinkedHashMap<>();
        boolean sound = true;
        for (Node.Entry entry : mapping.entries()) {
            sound &= unique(seen.putIfAbsent(entry.key(), entry), entry, path);
            Object value = value(type.of(), entry.value(), path.field(entry.key()));
            sound &= value != null;
            if (value != null) {
                values.put(entry.key(), value);
            }
        }
        return sound ? Map.copyOf(values) : null;
    }

    private boolean unique(Node.@Nullable Entry first, Node.Entry entry, FieldPath path) {
        if (first == null) {
            return true;
        }
        problems.error(
                entry.at(),
                path.field(entry.key()),
                "given twice",
                "first in line " + first.at().line());
        return false;
    }

    private @Nullable Object structure(Shape shape, Node node, FieldPath path) {
        return switch (node) {
            case Node.Mapping mapping -> fields(shape, mapping, path);
            case Node.Scalar plain
            when !shape.shorthand().isEmpty() -> fields(shape, spelledOut(shape.shorthand(), plain), path);
            case Node.Scalar plain -> scalars.misshapen("an object", plain, path);
            case Node.Sequence list -> scalars.misshapen("an object", list, path);
        };
    }

    private static Node.Mapping spelledOut(String field, Node.Scalar value) {
        return new Node.Mapping(value.at(), List.of(new Node.Entry(value.at(), field, value)));
    }

    private @Nullable Object fields(Shape shape, Node.Mapping mapping, FieldPath path) {
        Node.@Nullable Entry[] given = new Node.@Nullable Entry[shape.fields().size()];
        boolean sound = sort(shape, mapping, path, given);
        List<Object> values = new ArrayList<>(given.length);
        for (int i = 0; i < given.length; i++) {
            Field field = shape.fields().get(i);
            Node.Entry entry = given[i];
            Object value = entry == null ? absent(field, mapping, path) : present(field, entry, path);
            if (value != null) {
                values.add(value);
            }
        }
        return sound && values.size() == given.length ? create(shape, values, mapping, path) : null;
    }

    /// Puts each entry at the number of its field; false if one has no field or is there twice.
    private boolean sort(Shape shape, Node.Mapping mapping, FieldPath path, Node.@Nullable Entry[] given) {
        boolean sound = true;
        for (Node.Entry entry : mapping.entries()) {
            Optional<Integer> number = shape.number(entry.key());
            if (number.isPresent()) {
                sound &= unique(given[number.get()], entry, path);
                given[number.get()] = entry;
            } else if (!shape.passesOver(entry.key())) {
                String hint = Nearest.hint(entry.key(), shape.names());
                problems.error(entry.at(), path.field(entry.key()), "unknown field", hint);
                sound = false;
            }
        }
        return sound;
    }

    private @Nullable Object present(Field field, Node.Entry entry, FieldPath path) {
        if (entry.value().nothing()) {
            return absent(field, entry.value(), path);
        }
        FieldPath here = path.field(entry.key());
        if (field.doc().inEffect()) {
            return value(field.type(), entry.value(), here);
        }
        if (inert == 0) {
            problems.warning(entry.at(), here, "accepted, not yet in effect", "");
        }
        inert++;
        Object value = value(field.type(), entry.value(), here);
        inert--;
        return value;
    }

    private @Nullable Object absent(Field field, Node around, FieldPath path) {
        if (field.required()) {
            problems.error(
                    around.at(),
                    path.field(field.name()),
                    "missing",
                    "expected " + field.type().label());
            return null;
        }
        return switch (field.type()) {
            case FieldType.Maybe m -> Optional.empty();
            case FieldType.ListOf l -> List.of();
            case FieldType.MapOf m -> Map.of();
            case FieldType.Structure s ->
                structure(Shape.of(s.type()), new Node.Mapping(around.at(), List.of()), path.field(field.name()));
            case FieldType scalar -> value(scalar, byDefault(field, around), path.field(field.name()));
        };
    }

    private static Node byDefault(Field field, Node around) {
        return new Node.Scalar(around.at(), Node.Kind.ANY, field.doc().byDefault());
    }

    private @Nullable Object create(Shape shape, List<Object> values, Node.Mapping mapping, FieldPath path) {
        try {
            return shape.create(values);
        } catch (InvalidValueException refused) {
            problems.error(mapping.at(), path, refused.message(), refused.hint());
            return null;
        }
    }
}
