package dev.agw.settings;

import dev.agw.schema.Problem;
import java.util.List;
import java.util.Optional;

/// What was read, and everything that is wrong with it.
///
/// @param settings empty if they cannot be used
public record LoadedSettings(Optional<AgwSettings> settings, List<Problem> problems) {
    public LoadedSettings {
        problems = List.copyOf(problems);
    }
}
