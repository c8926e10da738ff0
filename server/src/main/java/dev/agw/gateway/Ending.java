package dev.agw.gateway;

import java.time.Duration;

/// What a gateway that was told to end waits for.
///
/// @param min how long it takes connections in any case; zero if only as long as requests run
/// @param max when it cuts what still runs, counted from now
/// @param requests how many run now
public record Ending(Duration min, Duration max, int requests) {}
