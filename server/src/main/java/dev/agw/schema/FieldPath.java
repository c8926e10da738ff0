package dev.agw.schema;

import java.util.Optional;

/// The way from the top of a document to one value: `spec.rules[2].backendRefs[0].weight`.
///
/// Built step by step while reading and written out only for a problem.
///
/// @param parent the way up to the last step; empty at the top
/// @param name the last step if it is a field
/// @param index the last step if it is an item of a list; -1 otherwise
public record FieldPath(Optional<FieldPath> parent, String name, int index) {
    /// The document itself.
    public static final FieldPath TOP = new FieldPath(Optional.empty(), "", -1);

    /// The path of a field in here.
    public FieldPath field(String field) {
        return new FieldPath(Optional.of(this), field, -1);
    }

    /// The path of an item in here, counted from 0.
    public FieldPath item(int number) {
        return new FieldPath(Optional.of(this), "", number);
    }

    @Override
    public String toString() {
        return parent.map(up -> up + step(up.equals(TOP))).orElse("");
    }

    private String step(boolean first) {
        if (index >= 0) {
            return "[" + index + "]";
        }
        if (name.isEmpty() || !name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_')) {
            return "[\"" + name + "\"]";
        }
        return first ? name : "." + name;
    }
}
