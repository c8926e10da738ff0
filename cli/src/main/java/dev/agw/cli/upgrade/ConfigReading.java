package dev.agw.cli.upgrade;

import java.util.List;

/// What reading the configuration found. The configuration itself is not kept: it may hold keys.
///
/// @param reader version of the agw that read it
/// @param errors what keeps it from being used, each with its place
/// @param warnings what would be read and not, or not fully, obeyed
/// @param unset variables that its secrets are taken from and that are not set where it was read
/// @param shutdown how a gateway ends that was told to
public record ConfigReading(
        String reader, List<String> errors, List<String> warnings, List<String> unset, Shutdown shutdown) {
    public ConfigReading {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        unset = List.copyOf(unset);
    }
}
