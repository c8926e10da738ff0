package dev.agw.gateway;

import java.nio.file.Path;
import java.util.Set;

/// What the file system tells of: paths at which something happened.
///
/// @param paths files and folders, among them some that are gone
/// @param more true if there may be others
record Touched(Set<Path> paths, boolean more) {
    static final Touched NOTHING = new Touched(Set.of(), false);
    static final Touched PERHAPS_ANYTHING = new Touched(Set.of(), true);

    Touched {
        paths = Set.copyOf(paths);
    }
}
