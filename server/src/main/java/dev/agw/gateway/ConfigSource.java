package dev.agw.gateway;

import java.nio.file.Path;

/// Where the manifests come from.
public sealed interface ConfigSource {
    /// A file or folder, watched for changes.
    static ConfigSource path(Path path) {
        return new Files(path);
    }

    /// Manifests that are given once.
    ///
    /// @param name stands for a file name in messages
    static ConfigSource text(String name, String yaml) {
        return new Text(name, yaml);
    }

    record Files(Path path) implements ConfigSource {}

    record Text(String name, String yaml) implements ConfigSource {}
}
