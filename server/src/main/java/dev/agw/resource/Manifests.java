package dev.agw.resource;

import dev.agw.schema.Problem;
import java.util.List;

/// What was read, and everything that is wrong with it.
///
/// @param resources those that could be read
/// @param problems in the order of the files
public record Manifests(ResourceSet resources, List<Problem> problems) {
    public Manifests {
        problems = List.copyOf(problems);
    }

    /// True if nothing keeps the set from going into effect.
    public boolean valid() {
        return problems.stream().noneMatch(Problem::error);
    }
}
