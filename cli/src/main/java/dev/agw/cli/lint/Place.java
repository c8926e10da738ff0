package dev.agw.cli.lint;

import dev.agw.schema.Position;

/// Where something stands.
///
/// @param at file and line
/// @param name `alert HighErrorRate`, `dashboard Overview, panel Errors`, ...
public record Place(Position at, String name) {
    /// A part of what stands here.
    Place within(Position part, String partName) {
        return new Place(part, name.isEmpty() ? partName : name + ", " + partName);
    }

    @Override
    public String toString() {
        return name.isEmpty() ? at.toString() : at + ": " + name;
    }
}
