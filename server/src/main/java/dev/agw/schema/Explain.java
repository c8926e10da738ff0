package dev.agw.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What kinds and fields there are and what they mean, straight from the records: the data of `agw explain`.
public final class Explain {
    private final Map<String, Class<? extends Record>> roots;

    /// @param roots by name: each kind, and the settings file
    public Explain(Map<String, Class<? extends Record>> roots) {
        this.roots = new TreeMap<>(roots);
    }

    /// One kind or field, with what is in it.
    ///
    /// @param path from the kind down; lists and maps add no step
    /// @param type what may be written, in words
    /// @param byDefault what holds where it is absent; may be empty
    /// @param inEffect false if it, or something around it, is accepted without effect
    public record Explanation(
            String path,
            String type,
            String byDefault,
            String unit,
            String doc,
            boolean required,
            boolean inEffect,
            List<Explanation> fields) {
        /// The last step of the path.
        public String name() {
            return path.substring(path.lastIndexOf('.') + 1);
        }
    }

    /// The names to begin a path with.
    public List<String> roots() {
        return List.copyOf(roots.keySet());
    }

    /// The kind or field at `path`, for example `HTTPRoute.spec.rules.retry`; indexes in brackets are ignored.
    ///
    /// @throws InvalidValueException if there is none; its hint names the nearest
    public Explanation at(String path) {
        String plain = path.replaceAll("\\[[^]]*]", "");
        String root = root(plain);
        Shape shape = Shape.of(type(root));
        Explanation found =
                new Explanation(root, "an object", "", "", shape.doc(), true, true, fields(root, shape, true));
        String rest = plain.length() > root.length() ? plain.substring(root.length() + 1) : "";
        for (String step : rest.isEmpty() ? new String[0] : rest.split("\\.", -1)) {
            found = child(shape, found, step);
            Optional<Shape> below = shape(shape.field(step).type());
            if (below.isPresent()) {
                shape = below.get();
                found = opened(found, shape);
            }
        }
        return found;
    }

    private Class<? extends Record> type(String root) {
        Class<? extends Record> type = roots.get(root);
        if (type == null) {
            throw new InvalidValueException("no kind \"" + root + "\"", Nearest.hint(root, roots.keySet()));
        }
        return type;
    }

    /// The first step; the name of the settings file has a dot in it.
    private String root(String path) {
        return roots.keySet().stream()
                .filter(name -> path.equals(name) || path.startsWith(name + "."))
                .findFirst()
                .orElseGet(() -> path.split("\\.", 2)[0]);
    }

    private static Explanation child(Shape shape, Explanation parent, String step) {
        return parent.fields().stream()
                .filter(field -> shape.number(step).isPresent()
                        && field.name().equals(shape.field(step).name()))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "no field \"" + step + "\" in " + parent.path(), Nearest.hint(step, names(parent))));
    }

    private static List<String> names(Explanation parent) {
        return parent.fields().stream().map(Explanation::name).toList();
    }

    private static Explanation opened(Explanation field, Shape shape) {
        return new Explanation(
                field.path(),
                field.type(),
                field.byDefault(),
                field.unit(),
                field.doc(),
                field.required(),
                field.inEffect(),
                fields(field.path(), shape, field.inEffect()));
    }

    private static List<Explanation> fields(String path, Shape shape, boolean inEffect) {
        List<Explanation> fields = new ArrayList<>();
        for (Field field : shape.fields()) {
            Doc doc = field.doc();
            fields.add(new Explanation(
                    path + "." + field.name(),
                    field.type().label(),
                    doc.byDefault(),
                    doc.unit(),
                    doc.value(),
                    field.required(),
                    inEffect && doc.inEffect(),
                    List.of()));
        }
        return fields;
    }

    private static Optional<Shape> shape(FieldType type) {
        return switch (type) {
            case FieldType.Structure s -> Optional.of(Shape.of(s.type()));
            case FieldType.Maybe m -> shape(m.of());
            case FieldType.ListOf l -> shape(l.of());
            case FieldType.MapOf m -> shape(m.of());
            case FieldType other -> Optional.empty();
        };
    }

    /// The explanation as a page of plain text.
    public String page(String path) {
        Explanation what = at(path);
        StringBuilder page =
                new StringBuilder(what.path()).append("  <").append(what.type()).append(">\n");
        page.append("  ").append(what.doc()).append('\n');
        note(what).ifPresent(note -> page.append("  ").append(note).append('\n'));
        if (!what.fields().isEmpty()) {
            page.append("\nFIELDS\n");
            what.fields().forEach(field -> page.append(line(field)));
        }
        return page.toString();
    }

    private static String line(Explanation field) {
        String note = note(field).map(n -> "    " + n + "\n").orElse("");
        return "  " + field.name() + "  <" + field.type() + ">\n    " + field.doc() + "\n" + note;
    }

    private static Optional<String> note(Explanation what) {
        List<String> notes = new ArrayList<>();
        if (what.required() && what.path().contains(".")) {
            notes.add("Required.");
        }
        if (!what.byDefault().isEmpty()) {
            notes.add("Default: " + what.byDefault() + ".");
        }
        if (!what.unit().isEmpty()) {
            notes.add("Unit of a bare number: " + what.unit() + ".");
        }
        if (!what.inEffect()) {
            notes.add("Accepted, not yet in effect.");
        }
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", notes));
    }
}
