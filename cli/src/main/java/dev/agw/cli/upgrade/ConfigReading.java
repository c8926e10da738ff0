package dev.agw.cli.upgrade;

import java.time.Duration;
import java.util.List;

/// What reading the configuration found. The configuration itself is not kept: it may hold keys.
///
/// @param reader version of the agw that read it
/// @param errors what keeps it from being used, each with its place
/// @param warnings what would be read and not, or not fully, obeyed
/// @param drain how long running requests may go on once the gateway was told to end: `shutdown.max`
public record ConfigReading(String reader, List<String> errors, List<String> warnings, Duration drain) {
    public ConfigReading {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }
}
