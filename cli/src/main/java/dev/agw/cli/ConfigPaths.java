package dev.agw.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a path on the command line stands for. A folder with an `agw.yaml` in it, as `agw init` writes it, stands
/// for those settings and the manifests in its folder `resources`; a file named so for settings; all else for
/// manifests.
record ConfigPaths(Optional<Path> settings, Optional<Path> manifests) {
    private static final String SETTINGS = "agw.yaml";

    /// @throws CommandException if there is nothing at `path`
    static ConfigPaths of(Path path) {
        if (!Files.exists(path)) {
            throw new CommandException(ExitCode.USAGE, "there is no file or folder " + path);
        }
        if (path.endsWith(SETTINGS)) {
            return new ConfigPaths(Optional.of(path), Optional.empty());
        }
        Path inside = path.resolve(SETTINGS);
        return Files.isRegularFile(inside)
                ? new ConfigPaths(Optional.of(inside), Optional.of(path.resolve("resources")))
                : new ConfigPaths(Optional.empty(), Optional.of(path));
    }
}
